/** Measures the library's search on questions about this repository's own documents. */
import { measure, scoreOf } from './eval-search/measure.ts';
import { questions } from './eval-search/questions.ts';

const measured = await measure(questions);
for (const { question, place, tier, first } of measured) {
  const found = place === 0 ? '  –' : String(place).padStart(3);
  const instead = place === 1 ? '' : `  (first: ${first})`;
  console.log(`${found}  ${tier.padEnd(6)}  ${question.ask}${instead}`);
}
const { recall, mrr } = scoreOf(measured);
console.log(`\n${measured.length} questions: recall@10 ${recall.toFixed(3)}, MRR ${mrr.toFixed(3)}`);
