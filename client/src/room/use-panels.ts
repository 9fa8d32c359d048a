import { placeIn } from '../app/route.ts';
import { navigate } from '../app/router.tsx';
import type { Beside, Panel } from '../store/desk.ts';
import { useMedia } from '../ui/use-media.ts';
import { useDesk, useLiveRoom, useRoomTools } from './room-context.ts';

const standsBeside: ReadonlySet<Panel['what']> = new Set([
  'people',
  'relationships',
  'known',
  'library',
  'memories',
  'ask',
]);

function mayStandBeside(panel: Panel): panel is Beside {
  return standsBeside.has(panel.what);
}

/** What is opened in the room, and how to open it: beside the conversation where it may and there is room, else over it. */
export function usePanels() {
  const { desk } = useRoomTools();
  const wide = useMedia('(min-width: 960px)');
  const usual = useLiveRoom((room) => (room.state.room.settings.facts ? 'known' : 'people'));
  const chosen = useDesk((state) => (wide ? state.beside : undefined));
  const beside: Beside | undefined = chosen === 'usual' ? { what: usual } : chosen;
  const opened = useDesk((state) => state.panel);
  // What stands beside the conversation already, since the window grew, need not lie over it.
  const panel = opened?.what === beside?.what ? undefined : opened;
  const close = () => {
    // The address goes on naming what is closed, and following it again would lead nowhere.
    if (placeIn(location.hash.slice(1)) !== undefined) navigate(location.pathname, 'replace');
    desk.setState({ panel: opened?.what === 'source' ? opened.after : undefined });
  };
  const open = (wanted: Panel) => {
    if (wide && mayStandBeside(wanted)) desk.setState({ beside: wanted, panel: undefined });
    else desk.setState({ panel: wanted });
  };
  /** Opens it, or takes it away where it stands beside the conversation. */
  const toggle = (wanted: Beside) => {
    if (beside?.what === wanted.what) {
      close();
      desk.setState({ beside: undefined });
    } else open(wanted);
  };
  return { panel, beside, open, close, toggle };
}
