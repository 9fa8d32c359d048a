import { useDesk, useRoomTools } from '../room/room-context.ts';
import { ForkDialog } from './fork-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { RewindDialog } from './rewind-dialog.tsx';

/** What this person is asked before it is done with a message. It stands also when the message is scrolled out of view. */
export function Asking() {
  const { desk } = useRoomTools();
  const asking = useDesk((state) => state.asking);
  if (asking === undefined) return null;
  const { what, messageId } = asking;
  const close = () => desk.setState({ asking: undefined });
  switch (what) {
    case 'remove':
      return <RemoveDialog messageId={messageId} onClose={close} />;
    case 'rewind':
      return <RewindDialog messageId={messageId} onClose={close} />;
    case 'fork':
      return <ForkDialog messageId={messageId} onClose={close} />;
  }
}
