import { MessageCirclePlus } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import type { AskPair } from '../store/ask.ts';
import { Button } from '../ui/button.tsx';
import { AskForm } from './ask-form.tsx';
import { AskPairItem } from './ask-pair.tsx';
import { broughtIn } from './brought-in.ts';
import { useAsk } from './use-ask.ts';

/** Questions to the library that nobody else sees. `onBrought`: an answer has been put into the message box of the room. */
export function AskTalk({ onBrought }: { onBrought: () => void }) {
  const { desk } = useRoomTools();
  const asking = useAsk();
  const { talk, bot } = asking;
  const field = useRef<HTMLTextAreaElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const last = talk.pairs.at(-1);
  useEffect(() => field.current?.focus(), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: to a question when it is asked, and when its answer is whole
  useEffect(() => {
    void end.current?.scrollIntoView({ block: 'nearest' });
  }, [last?.id, last?.status]);
  const bring = (pair: AskPair) => {
    desk.setState({ brought: broughtIn(pair) });
    onBrought();
  };
  return (
    <div className="ask">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region needs focus to be scrolled by keys */}
      <section className="ask-list" aria-label="Questions and answers" tabIndex={0}>
        {talk.pairs.length === 0 ? <Nothing name={bot?.name} /> : null}
        <ol>
          {talk.pairs.map((pair) => (
            <AskPairItem
              key={pair.id}
              pair={pair}
              onAgain={talk.stop === undefined ? () => asking.again(pair.id, pair.question) : undefined}
              onBring={() => bring(pair)}
            />
          ))}
        </ol>
        <div ref={end} />
      </section>
      <p className="visually-hidden" role="status">
        {statusOf(last)}
      </p>
      <div className="ask-foot">
        {talk.pairs.length === 0 ? null : (
          <Button
            small
            look="quiet"
            onClick={() => {
              asking.begin();
              field.current?.focus();
            }}
          >
            <MessageCirclePlus aria-hidden="true" /> New conversation
          </Button>
        )}
        <AskForm asking={asking} field={field} />
      </div>
    </div>
  );
}

function Nothing({ name }: { name: string | undefined }) {
  const sources = useLiveRoom((room) => room.state.sources.length);
  return (
    <p className="part-none">
      Only you see what you ask here and what is answered; nothing of it gets into the room unless you bring
      it there.
      {sources === 0
        ? ` This room has no library yet, so ${name ?? 'whoever answers'} has nothing to look things up in.`
        : ` ${name ?? 'The answer'} looks things up in the library and cites what it rests on.`}
    </p>
  );
}

function statusOf(pair: AskPair | undefined): string {
  if (pair?.status === 'asking') return 'The answer is being written';
  return pair?.status === 'done' ? 'The answer is there' : '';
}
