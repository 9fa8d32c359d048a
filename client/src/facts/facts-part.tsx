import { atLeast } from '../../../src/domain/roles.ts';
import { Part } from '../known/part.tsx';
import { useDesk, useLiveRoom } from '../room/room-context.ts';
import { roleOf } from '../store/room-view.ts';
import { AddNote } from './add-note.tsx';
import { FactItem } from './fact-item.tsx';
import { LostFact } from './lost-fact.tsx';

/** What is established, and what is only suspected. */
export function FactsPart() {
  const facts = useLiveRoom((room) => room.state.facts);
  const isNoted = useLiveRoom((room) => room.state.room.settings.facts);
  const takesPart = useLiveRoom((room) => atLeast(roleOf(room), 'participant'));
  const edits = useDesk((desk) => desk.facts);
  const lost = Object.values(edits).filter(({ base }) => facts.every(({ factId }) => factId !== base.factId));
  return (
    <Part id="known-facts" title="Facts">
      {facts.length === 0 ? (
        <p className="part-none">
          Nothing is established yet.{' '}
          {isNoted ? 'What comes out of the conversation is noted here as it goes on.' : ''}{' '}
          {takesPart ? 'You can note what you know.' : ''}
        </p>
      ) : null}
      {facts.length > 0 && !isNoted ? (
        <p className="part-none">Nothing is noted by itself in this room. Moderators can change that.</p>
      ) : null}
      <ul className="known-list">
        {facts.map((fact) => (
          <FactItem key={fact.factId} fact={fact} takesPart={takesPart} />
        ))}
        {lost.map((edit) => (
          <LostFact key={edit.base.factId} edit={edit} />
        ))}
      </ul>
      {takesPart ? <AddNote /> : null}
    </Part>
  );
}
