import { useMemo } from 'react';
import type { OfferedSource } from '../../../src/domain/offered-source.ts';
import { GrowingMarkdown, Markdown } from '../markdown/markdown.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import { Cited } from './cited.tsx';
import { numbersOf } from './offered.ts';

const none: readonly OfferedSource[] = [];

type FinishedProps = {
  text: string;
  sources: readonly OfferedSource[] | undefined;
  citations: readonly number[] | undefined;
};

/** A text in which what it cites of the library can be looked up. */
export function CitedMarkdown({ text, sources = none, citations }: FinishedProps) {
  const numbers = useMemo(() => {
    const offered = numbersOf(sources);
    return new Set(citations?.filter((number) => offered.includes(number)));
  }, [sources, citations]);
  if (numbers.size === 0) return <Markdown text={text} />;
  return (
    <Cited sources={sources}>
      <Markdown text={text} cited={numbers} />
    </Cited>
  );
}

/** The same while the text is being written: it may yet cite whatever it was offered. */
export function GrowingCited({ text, sources = none }: Omit<FinishedProps, 'citations'>) {
  const numbers = useMemo(() => new Set(numbersOf(sources)), [sources]);
  return (
    <Cited sources={sources}>
      <GrowingMarkdown text={text} cited={numbers} />
    </Cited>
  );
}

/** A message of the room that is being written. */
export function GrowingCitedMarkdown({ text, messageId }: { text: string; messageId: string }) {
  const sources = useLiveRoom((room) => room.offers.find((offer) => offer.messageId === messageId)?.sources);
  return <GrowingCited text={text} sources={sources} />;
}
