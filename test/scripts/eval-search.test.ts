import { expect, test } from 'vitest';
import { documents, measure, scoreOf } from '../../scripts/eval-search/measure.ts';
import { questions } from '../../scripts/eval-search/questions.ts';

test('[LB13] questions about these documents are answered from them', async () => {
  const measured = await measure(questions);
  const { recall, mrr } = scoreOf(measured);
  const missed = measured.filter(({ place }) => place === 0).map(({ question }) => question.ask);
  expect(recall, missed.join('\n')).toBeGreaterThan(0.9);
  expect(mrr).toBeGreaterThan(0.65);
});

test('the questions are many, and about documents that are there', () => {
  expect(questions.length).toBeGreaterThan(40);
  expect(documents()).toEqual(expect.arrayContaining(['README.md', 'SPEC.md', 'docs/rooms.md']));
});

test('a score is what it says', () => {
  expect(scoreOf([{ place: 1 }, { place: 4 }, { place: 0 }, { place: 1 }])).toEqual({
    recall: 0.75,
    mrr: 0.5625,
  });
});
