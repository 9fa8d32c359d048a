import type { ReactNode } from 'react';
import type { Fact } from '../../../src/domain/fact.ts';
import { live } from '../app/client.ts';
import { By } from '../known/by.tsx';
import { useRoomTools } from '../room/room-context.ts';
import { withEdit } from '../store/desk.ts';
import { changesIn, type FactEdit, factInConflict, standingOf } from '../store/facts.ts';
import { Button } from '../ui/button.tsx';
import { returnFocus } from '../ui/focus.ts';
import { useAction } from '../ui/use-action.ts';
import { FactForm } from './fact-form.tsx';

/** Changes the words of a fact in its place. What others change meanwhile is shown, and who is to have the last word is asked. */
export function FactEditor({ fact, edit }: { fact: Fact; edit: FactEdit }) {
  const { factId } = fact;
  const { roomId, desk } = useRoomTools();
  const { busy, error, run } = useAction();
  const standing = standingOf(edit, fact);
  const put = (next: FactEdit | undefined) =>
    desk.setState(({ facts }) => ({ facts: withEdit(facts, factId, next) }));
  const close = () => {
    put(undefined);
    returnFocus(`f-${factId}`);
  };
  const save = (over: Fact, ifVersion: number) =>
    run(async () => {
      const changes = changesIn(edit, over);
      try {
        if (Object.keys(changes).length > 0) {
          await live.command(roomId, 'fact.edit', { factId, ...changes, ifVersion });
        }
        close();
      } catch (thrown) {
        const told = factInConflict(thrown);
        if (told === undefined) throw thrown;
        put({ ...edit, told });
      }
    });
  return (
    <FactForm
      label="Fact"
      value={edit}
      onChange={(words) => put({ ...edit, ...words })}
      save="Save"
      busy={busy}
      error={error}
      isHeld={standing.is !== 'open'}
      onSave={() => standing.is === 'open' && void save(fact, standing.version)}
      onCancel={close}
    >
      {standing.is === 'changed' ? (
        <Theirs theirs={standing.theirs}>
          <Button
            look="primary"
            small
            disabled={busy || edit.text.trim() === ''}
            onClick={() => void save(standing.theirs, standing.theirs.stateVersion)}
          >
            Keep mine
          </Button>
          <Button small onClick={close}>
            Take theirs
          </Button>
        </Theirs>
      ) : null}
    </FactForm>
  );
}

function Theirs({ theirs, children }: { theirs: Fact; children: ReactNode }) {
  const { text, summary, by, at, edited } = theirs;
  return (
    <div className="theirs" role="status">
      <p>
        <strong>Changed meanwhile</strong> by <By {...(edited ?? { by, at })} />. It says now:
      </p>
      <blockquote>
        {text}
        {summary === '' ? null : <small>{summary}</small>}
      </blockquote>
      <div className="row">{children}</div>
    </div>
  );
}
