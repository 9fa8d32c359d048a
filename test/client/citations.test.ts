import type { Root, RootContent } from 'hast';
import { describe, expect, it } from 'vitest';
import { byUse, timeWords } from '../../client/src/library/offered.ts';
import { citationPieces, withCitations } from '../../client/src/markdown/citations.ts';
import { markdownTree } from '../../client/src/markdown/parse.ts';
import { reduceRoom } from '../../client/src/store/reduce-room.ts';
import type { Arrival } from '../../client/src/store/room-view.ts';
import { asked, asLive, eventsAfter, liveAt, logOf, opening, replied, started } from './room-log.ts';

const cited = new Set([1, 2, 12]);

function citesIn(tree: Root): string[] {
  const visit = (node: RootContent): string[] => {
    if (node.type !== 'element') return [];
    const [first] = node.children;
    if (node.tagName === 'cite') return first?.type === 'text' ? [first.value] : [];
    return node.children.flatMap(visit);
  };
  return tree.children.flatMap(visit);
}

describe('citations in a text', () => {
  it('are the numbers in brackets that it cites, and nothing else', () => {
    expect(citationPieces('One [1][2], two [3] and [12].', cited)).toEqual([
      { text: 'One ' },
      { number: 1 },
      { number: 2 },
      { text: ', two [3] and ' },
      { number: 12 },
      { text: '.' },
    ]);
    for (const text of ['', '[', '[1', '1]', '[ 1 ]', '[1.5]', '[^1]', '[0]']) {
      expect(citationPieces(text, cited)).toEqual(text === '' ? [] : [{ text }]);
    }
  });

  it('lose nothing of the text', () => {
    const text = '[1] a [9] b[2]\n[12]';
    const back = citationPieces(text, cited).map((piece) =>
      'text' in piece ? piece.text : `[${piece.number}]`,
    );
    expect(back.join('')).toBe(text);
  });

  it('stand in prose, in lists and tables, but not in code or links', () => {
    const text =
      'So **[1]**.\n\n- [2]\n\n| a |\n| - |\n| [12] |\n\n`[1]` [see [2]](https://example.org)\n\n```\n[1]\n```';
    expect(citesIn(withCitations(markdownTree(text), cited))).toEqual(['1', '2', '12']);
    expect(citesIn(withCitations(markdownTree('<cite>1</cite> [1]'), new Set()))).toEqual([]);
  });
});

const offered = (number: number) => ({
  number,
  sourceId: 's',
  chunkId: `c${number}`,
  title: 'Guide',
  heading: 'Start',
  anchor: 'start',
  summary: 'How it begins.',
});

it('parts what a reply used from what it did not', () => {
  const { used, unused } = byUse([offered(3), offered(1), offered(2)], [2, 3]);
  expect([used, unused].map((list) => list.map(({ number }) => number))).toEqual([[2, 3], [1]]);
});

it('tells where in a recording something is', () => {
  expect([5_900, 65_000, 3_725_000].map(timeWords)).toEqual(['00:05', '01:05', '1:02:05']);
});

describe('what a reply is offered', () => {
  const running = [...opening, ...asked('q', 't'), started('t')];
  const offer = { turnId: 't', messageId: 'a', sources: [offered(1)] };
  const arrival: Arrival = { type: 'sources', offer };

  it('is kept while it is written, and goes with its draft', () => {
    const log = logOf([...running, ...replied('a', 't', 'q', 'So [1]')]);
    let room = asLive(reduceRoom(liveAt(log, running.length), arrival));
    expect(room.offers).toEqual([offer]);
    room = asLive(reduceRoom(room, { type: 'joined', result: eventsAfter(log, running.length) }));
    expect(room.offers).toEqual([]);
    expect(asLive(reduceRoom(room, arrival)).offers).toEqual([]);
  });
});
