/**
 * Measures the library's search on questions about this repository's own documents: by words, and with `EMBEDDING_MODEL` and its endpoint
 * by words and meaning together.
 */
import { readConfig } from '../src/config.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createOpenAiEmbeddings } from '../src/llm/openai-embeddings.ts';
import { embedderOf } from '../src/turns/library-embedder.ts';
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

const { endpoint, embeddingModel } = readConfig(process.env);
if (endpoint !== undefined && embeddingModel !== undefined) {
  const { baseUrl, apiKey } = endpoint;
  const options = { baseURL: baseUrl, apiKey, model: embeddingModel, clock: systemClock };
  const hybrid = scoreOf(await measure(questions, embedderOf(createOpenAiEmbeddings(options), systemClock)));
  console.log(`with ${embeddingModel}: recall@10 ${hybrid.recall.toFixed(3)}, MRR ${hybrid.mrr.toFixed(3)}`);
}
