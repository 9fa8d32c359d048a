import { live } from '../app/client.ts';
import { LostText } from '../known/lost-text.tsx';
import { useRoomTools } from '../room/room-context.ts';
import { withEdit } from '../store/desk.ts';
import { type FactEdit, wordsToSend } from '../store/facts.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';

/** An edit whose fact was removed meanwhile: what was written is not lost with it. */
export function LostFact({ edit }: { edit: FactEdit }) {
  const { text, base } = edit;
  const { roomId, desk } = useRoomTools();
  const drop = () => desk.setState(({ facts }) => ({ facts: withEdit(facts, base.factId, undefined) }));
  const add = () =>
    live
      .command(roomId, 'fact.add', wordsToSend(edit))
      .then(drop, (error: unknown) => tellError('It was not noted', error));
  return (
    <LostText what="The fact that you were changing was removed" text={text}>
      <Button look="primary" small disabled={text.trim() === ''} onClick={() => void add()}>
        Add it as a note
      </Button>
      <Button small onClick={drop}>
        Let it go
      </Button>
    </LostText>
  );
}
