import type { TimelineMessage, Turn } from '../../../src/domain/room-state.ts';
import { CitedMarkdown, GrowingCitedMarkdown } from '../library/cited-markdown.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import { draftOf, personName } from '../store/selectors.ts';

/** A reply that is written anew in its place. The old text stays at hand until the new one is whole. */
export function Rewriting({ message, turn }: { message: TimelineMessage; turn: Turn }) {
  const draft = useLiveRoom((room) => draftOf(room, turn.turnId));
  const by = useLiveRoom((room) => personName(room, turn.by));
  if (draft === undefined || draft.text === '') {
    return (
      <>
        <p className="message-note message-note-live">
          {turn.status === 'queued'
            ? `Waiting to be written anew, asked by ${by}.`
            : `Being written anew, asked by ${by}…`}
        </p>
        <div className="message-text markdown message-old" data-message-text>
          <CitedMarkdown text={message.text} sources={message.sources} citations={message.citations} />
        </div>
      </>
    );
  }
  return (
    <>
      <div className="message-text markdown growing" data-message-text data-draft={draft.messageId}>
        <GrowingCitedMarkdown key={draft.gen} text={draft.text} messageId={draft.messageId} />
      </div>
      <details className="versions">
        <summary>What stood here before</summary>
        <div className="version markdown">
          <CitedMarkdown text={message.text} sources={message.sources} citations={message.citations} />
        </div>
      </details>
    </>
  );
}
