import { describe, expect, it } from 'vitest';
import { routeOf } from '../../client/src/app/route.ts';
import {
  blockStanding,
  depthsOf,
  findBlock,
  lostEdits,
  operationWord,
  placeAfter,
  placeBefore,
  placeIn,
  restsOf,
} from '../../client/src/store/brief.ts';
import { diffDocuments } from '../../src/domain/document/diff-documents.ts';
import type { Document } from '../../src/domain/document/document.ts';

const section = (id: string, ...blocks: [string, string][]) => ({
  id,
  heading: id.toUpperCase(),
  level: 2,
  blocks: blocks.map(([blockId, text]) => ({ id: blockId, text })),
});
const documentOf = (...sections: Document['sections']): Document => ({ version: 2, sections });

describe('the difference of two briefs', () => {
  const before = documentOf(section('s', ['a', 'A'], ['b', 'B'], ['c', 'C']), section('gone', ['x', 'X']));
  const told = (after: Document) =>
    diffDocuments(before, after).map(({ kind, block, before: old }) =>
      [kind, block.id, ...(old === undefined ? [] : [old.text])].join(' '),
    );

  it('tells each paragraph once, those removed where they stood', () => {
    expect(told(before)).toEqual(['kept a', 'kept b', 'kept c', 'kept x']);
    const after = documentOf(section('s', ['n', 'N'], ['a', 'A'], ['c', 'C!']), section('t', ['m', 'M']));
    expect(told(after)).toEqual(['added n', 'kept a', 'removed b', 'changed c C', 'removed x', 'added m']);
  });

  it('tells of nothing and of everything', () => {
    expect(told(documentOf())).toEqual(['removed a', 'removed b', 'removed c', 'removed x']);
    expect(diffDocuments(documentOf(), before).every(({ kind }) => kind === 'added')).toBe(true);
  });
});

describe('headings', () => {
  it('go down one step at a time, whatever levels they were given', () => {
    const depths = (...levels: number[]) => depthsOf(levels.map((level) => ({ heading: 'h', level })));
    expect(depths(2, 2, 4, 3, 6, 1, 3)).toEqual([1, 1, 2, 2, 3, 1, 2]);
    expect(
      depthsOf([
        { heading: '', level: 1 },
        { heading: 'h', level: 2 },
      ]),
    ).toEqual([1, 1]);
  });
});

describe('a paragraph being written while others change it', () => {
  const document = documentOf(section('s', ['a', 'A'], ['b', 'B']));
  const edit = { text: 'mine', sectionId: 's', base: 'A' };

  it('is open, changed or gone', () => {
    const standing = (text: string) => blockStanding(edit, { id: 'a', text });
    expect([standing('A'), standing('mine')]).toEqual([{ is: 'open' }, { is: 'open' }]);
    expect(standing('theirs')).toEqual({ is: 'changed', theirs: 'theirs' });
    expect(blockStanding(edit, findBlock(document, 'z'))).toEqual({ is: 'gone' });
  });

  it('is lost where its place went', () => {
    const edits = {
      a: edit,
      z: edit,
      [placeAfter('b')]: edit,
      [placeAfter('z')]: edit,
      [placeIn('s')]: edit,
    };
    expect(lostEdits(document, edits)).toEqual(['z', placeAfter('z')]);
  });

  it('comes back after what stood before it', () => {
    expect(placeBefore(['a', 'b'], 'b')).toBe('a');
    expect(placeBefore(['a', 'b'], 'a')).toBeNull();
  });
});

describe('what a brief says of itself', () => {
  it('is what each paragraph rests on, and what of that was withdrawn', () => {
    const block = { id: 'b', text: '', rests: ['f', 'm'], gone: ['m', 'old'] };
    expect(restsOf(block, []).map(({ id, isGone }) => [id, isGone])).toEqual([
      ['f', false],
      ['m', true],
      ['old', true],
    ]);
    expect(restsOf({ id: 'b', text: '' }, [])).toEqual([]);
  });

  it('is what a refresh did, by section', () => {
    const { sections } = documentOf(section('s'));
    const word = (told: object) => operationWord({ ...told }, sections);
    expect(word({ op: 'append_block', section_id: 's' })).toBe('adding a paragraph: S');
    expect(word({ op: 'remove_block', section_id: 'nowhere' })).toBe('removing a paragraph');
    expect(word({ op: 'add_section', heading: 'New' })).toBe('adding a section: New');
    expect(word({ op: 'explode' })).toBe('a change of an unknown kind');
  });
});

describe('an address', () => {
  it('leads to what is known, and to one thing among it', () => {
    const known = (hash: string) => {
      const route = routeOf('/rooms/r', hash);
      return route.page === 'room' ? route.known : undefined;
    };
    expect(['#known', '#f-a_1', '#t-x', '#m-x', '#x', ''].map(known)).toEqual([
      'known',
      'f-a_1',
      't-x',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
