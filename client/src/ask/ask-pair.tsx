import { CornerDownLeft, RefreshCw } from 'lucide-react';
import { CitedMarkdown, GrowingCited } from '../library/cited-markdown.tsx';
import { OfferedLine } from '../library/offered-line.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import type { AskPair } from '../store/ask.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

type Props = {
  pair: AskPair;
  /** Nothing while another answer is being written. */
  onAgain: (() => void) | undefined;
  onBring: () => void;
};

/** A question on the side with its answer. */
export function AskPairItem({ pair, onAgain, onBring }: Props) {
  const { question, botName, status, text, sources, citations } = pair;
  const hasLibrary = useLiveRoom((room) => room.state.sources.length > 0);
  const name = botName ?? 'The library';
  return (
    <li className="ask-pair" data-ask-status={status}>
      {pair.anew ? (
        <p className="ask-note">
          What was asked before has been forgotten by now: this begins a new conversation.
        </p>
      ) : null}
      <p className="ask-question">
        <span className="visually-hidden">You asked: </span>
        {question}
      </p>
      <p className="ask-name">{name}</p>
      <Answer pair={pair} name={name} />
      {status === 'done' && hasLibrary && sources?.length === 0 ? (
        <p className="ask-note">Nothing in the library fits this question.</p>
      ) : null}
      {pair.truncated ? <p className="ask-note">The answer broke off here.</p> : null}
      {status === 'stopped' ? <p className="ask-note">You stopped it here.</p> : null}
      {status === 'failed' ? (
        <p className="field-error" role="alert">
          {pair.error}
        </p>
      ) : null}
      {status === 'done' && sources !== undefined && sources.length > 0 ? (
        <OfferedLine sources={sources} citations={citations} />
      ) : null}
      <div className="ask-actions">
        {status === 'done' ? (
          <>
            <Button small onClick={onBring}>
              <CornerDownLeft aria-hidden="true" /> Bring into the room
            </Button>
            <CopyButton text={() => text} label="Copy the answer" />
          </>
        ) : null}
        {(status === 'failed' || status === 'stopped') && onAgain !== undefined ? (
          <Button small onClick={onAgain}>
            <RefreshCw aria-hidden="true" /> Ask again
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function Answer({ pair: { status, text, gen, sources, citations }, name }: { pair: AskPair; name: string }) {
  if (status === 'asking' && text === '') {
    return (
      <p className="thinking" aria-label={`${name} is thinking`} role="img">
        <i />
        <i />
        <i />
      </p>
    );
  }
  if (text === '') return null;
  return (
    <div className={status === 'asking' ? 'markdown growing' : 'markdown'}>
      {status === 'done' ? (
        <CitedMarkdown text={text} sources={sources} citations={citations} />
      ) : (
        <GrowingCited key={gen} text={text} sources={sources} />
      )}
    </div>
  );
}
