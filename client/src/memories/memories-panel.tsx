import { X } from 'lucide-react';
import { useLiveRoom } from '../room/room-context.ts';
import { botName } from '../store/selectors.ts';
import { Modal } from '../ui/dialog.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { PanelHead } from '../ui/panel-head.tsx';
import { MemoryList } from './memory-list.tsx';

type Props = { botId: string; onClose: () => void };

const useTitle = (botId: string) => `What ${useLiveRoom((room) => botName(room, botId))} remembers`;

/** What a bot remembers, beside the conversation it comes from. */
export function MemoriesPanel({ botId, onClose }: Props) {
  const title = useTitle(botId);
  return (
    <aside className="room-side room-side-wide" aria-label={title}>
      <PanelHead title={title}>
        <IconButton label="Back to people" onClick={onClose}>
          <X />
        </IconButton>
      </PanelHead>
      <MemoryList botId={botId} />
    </aside>
  );
}

/** The same over the conversation, where there is no room beside it. */
export function MemoriesDrawer({ botId, onClose }: Props) {
  return (
    <Modal open onClose={onClose} title={useTitle(botId)} shape="drawer">
      <MemoryList botId={botId} />
    </Modal>
  );
}
