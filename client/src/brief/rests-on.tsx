import { Anchor } from 'lucide-react';
import { useMemo } from 'react';
import type { Block } from '../../../src/domain/document/document.ts';
import { FactLink } from '../facts/fact-link.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import { type Rest, restsOf } from '../store/brief.ts';
import { messageAt } from '../store/selectors.ts';
import { MessageLink } from '../timeline/message-link.tsx';
import { Peek } from '../ui/peek.tsx';

/** What a paragraph rests on: facts and messages, and what was withdrawn of them since. */
export function RestsOn({ block }: { block: Block }) {
  const facts = useLiveRoom((room) => room.state.facts);
  const rests = useMemo(() => restsOf(block, facts), [block, facts]);
  if (rests.length === 0) return null;
  const gone = rests.filter(({ isGone }) => isGone).length;
  const trigger = (
    <>
      <Anchor aria-hidden="true" />
      Rests on {rests.length} {rests.length === 1 ? 'source' : 'sources'}
      {gone === 0 ? null : <strong>{gone} withdrawn</strong>}
    </>
  );
  return (
    <Peek className="rests-on" trigger={trigger}>
      <ul>
        {rests.map((rest) => (
          <RestLink key={rest.id} rest={rest} />
        ))}
      </ul>
    </Peek>
  );
}

function RestLink({ rest: { id, fact, isGone } }: { rest: Rest }) {
  const isMessage = useLiveRoom((room) => messageAt(room, id) !== undefined);
  return (
    <li>
      {isGone ? <span className="tag">withdrawn</span> : null}
      {fact === undefined ? null : <FactLink fact={fact} />}
      {fact === undefined && (isMessage || !isGone) ? <MessageLink messageId={id} /> : null}
      {fact === undefined && !isMessage && isGone ? (
        <span className="quote">A fact or message that is not there any more</span>
      ) : null}
    </li>
  );
}
