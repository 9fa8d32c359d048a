import { live } from '../app/client.ts';
import { LostText } from '../known/lost-text.tsx';
import { useRoomTools } from '../room/room-context.ts';
import { withEdit } from '../store/desk.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';

/** An answer whose question was withdrawn meanwhile. */
export function LostAnswer({ taskId, text }: { taskId: string; text: string }) {
  const { roomId, desk } = useRoomTools();
  const drop = () => desk.setState(({ answers }) => ({ answers: withEdit(answers, taskId, undefined) }));
  const add = () =>
    live
      .command(roomId, 'fact.add', { text: text.trim() })
      .then(drop, (error: unknown) => tellError('It was not noted', error));
  return (
    <LostText what="What you were answering was withdrawn" text={text}>
      <Button look="primary" small disabled={text.trim() === ''} onClick={() => void add()}>
        Add it as a note
      </Button>
      <Button small onClick={drop}>
        Let it go
      </Button>
    </LostText>
  );
}
