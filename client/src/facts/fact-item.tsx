import { Pencil, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { type Fact, isEditable } from '../../../src/domain/fact.ts';
import { useDesk, useRoomTools } from '../room/room-context.ts';
import { withEdit } from '../store/desk.ts';
import { editOf } from '../store/facts.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { FactEditor } from './fact-editor.tsx';
import { FactOrigin } from './fact-origin.tsx';
import { FactStatusMark, FactStatusMenu } from './fact-status.tsx';
import { useRemoveFact } from './use-remove-fact.ts';
import { WhyFixed } from './why-fixed.tsx';

type Props = { fact: Fact; takesPart: boolean };

/** One fact: how sure it is, what it says, and where it comes from. */
export const FactItem = memo(function FactItem({ fact, takesPart }: Props) {
  const { factId, status, text } = fact;
  const { desk } = useRoomTools();
  const edit = useDesk((state) => state.facts[factId]);
  const [asksWhy, setAsksWhy] = useState(false);
  const remove = useRemoveFact(fact);
  const startEditing = () => {
    if (!isEditable(fact)) return setAsksWhy(!asksWhy);
    desk.setState(({ facts }) => ({ facts: withEdit(facts, factId, editOf(fact)) }));
  };
  return (
    <li id={`f-${factId}`} className="fact" data-status={status} tabIndex={-1}>
      <div className="known-head">
        {takesPart ? <FactStatusMenu fact={fact} /> : <FactStatusMark status={status} />}
        {takesPart && edit === undefined ? (
          <div className="known-actions">
            <IconButton
              label="Edit fact"
              aria-expanded={isEditable(fact) ? undefined : asksWhy}
              onClick={startEditing}
            >
              <Pencil />
            </IconButton>
            <IconButton label="Remove fact" onClick={() => void remove()}>
              <Trash2 />
            </IconButton>
          </div>
        ) : null}
      </div>
      {edit === undefined ? <p className="known-text">{text}</p> : <FactEditor fact={fact} edit={edit} />}
      {asksWhy ? <WhyFixed fact={fact} onClose={() => setAsksWhy(false)} /> : null}
      <FactOrigin fact={fact} />
    </li>
  );
});
