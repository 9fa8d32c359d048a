import type { Edge } from '../../../src/domain/relationships.ts';
import type { EdgeChange } from '../store/edge-history.ts';
import { stepWords } from '../store/edge-words.ts';
import { MessageLink } from '../timeline/message-link.tsx';
import { Button } from '../ui/button.tsx';
import { clockTime, dayName, fullTime } from '../ui/time.ts';
import { useHistory } from './use-history.ts';

/** How a relationship came about: what each message changed, the latest first. */
export function ChangeList({ edge }: { edge: Edge }) {
  const { history, error, again } = useHistory(edge);
  return (
    <section className="changes" aria-label="History">
      <h4>History</h4>
      {error === undefined ? null : (
        <div className="note note-error" role="alert">
          <p>{error}</p>
          <Button small onClick={again}>
            Try again
          </Button>
        </div>
      )}
      {history === undefined && error === undefined ? (
        <p className="changes-none" role="status">
          Reading what happened…
        </p>
      ) : null}
      <ol>
        {history?.changes.toReversed().map((change) => (
          <Change key={change.seq} change={change} />
        ))}
      </ol>
      {history === undefined || history.isWhole ? null : (
        <p className="changes-none">What came before is too far back in the log to be shown here.</p>
      )}
    </section>
  );
}

function Change({ change: { at, cause, delta, takenBack } }: { change: EdgeChange }) {
  return (
    <li className={takenBack ? 'change change-back' : 'change'}>
      <p className="change-head">
        <span className="change-step">{stepWords(delta)}</span>
        {takenBack ? <span className="tag">taken back</span> : null}
        <time dateTime={at} title={fullTime(at)}>
          {dayName(at)}, {clockTime(at)}
        </time>
      </p>
      {delta.summary === undefined || delta.summary === '' ? null : (
        <p className="change-summary">{delta.summary}</p>
      )}
      {delta.knowledge.length === 0 ? null : (
        <ul className="knowledge">
          {delta.knowledge.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      )}
      <MessageLink messageId={cause} />
    </li>
  );
}
