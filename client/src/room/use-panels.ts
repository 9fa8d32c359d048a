import type { Beside, Panel } from '../store/desk.ts';
import { useMedia } from '../ui/use-media.ts';
import { useDesk, useRoomTools } from './room-context.ts';

function mayStandBeside(panel: Panel): panel is Beside {
  return panel.what === 'people' || panel.what === 'relationships' || panel.what === 'memories';
}

/** What is opened in the room, and how to open it: beside the conversation where it may and there is room, else over it. */
export function usePanels() {
  const { desk } = useRoomTools();
  const wide = useMedia('(min-width: 960px)');
  const panel = useDesk((state) => state.panel);
  const beside = useDesk((state) => (wide ? state.beside : undefined));
  const close = () => desk.setState({ panel: undefined });
  const open = (wanted: Panel) => {
    if (wide && mayStandBeside(wanted)) desk.setState({ beside: wanted, panel: undefined });
    else desk.setState({ panel: wanted });
  };
  /** Opens it, or takes it away where it stands beside the conversation. */
  const toggle = (wanted: Beside) => {
    if (beside?.what === wanted.what) desk.setState({ beside: undefined });
    else open(wanted);
  };
  return { panel, beside, open, close, toggle };
}
