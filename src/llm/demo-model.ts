import { setImmediate } from 'node:timers/promises';
import { type Clock, pause } from '../lib/clock.ts';
import { demoNotes, takesNotes } from './demo-notes.ts';
import { readDemoPrompt } from './demo-prompt.ts';
import { createPick, hashOf } from './demo-random.ts';
import { demoReply } from './demo-reply.ts';
import { demoRules } from './demo-rules.ts';
import { estimateUsage } from './estimate-usage.ts';
import { fillSchema } from './fill-schema.ts';
import { jsonSchemaOf } from './json-schema.ts';
import type {
  ChatRequest,
  LanguageModel,
  StreamPart,
  StructuredRequest,
  StructuredResult,
} from './language-model.ts';

export type DemoModelOptions = {
  clock: Clock;
  /** The pace of a stream; 0 or Infinity is as fast as possible. */
  tokensPerSecond: number;
};

const name = 'demo';

/**
 * A model that needs no network: it answers from what is in its prompt, by rules, always the same for the same prompt.
 * With it everything can be tried, shown and tested without a key.
 */
export function createDemoModel({ clock, tokensPerSecond }: DemoModelOptions): LanguageModel {
  const interval = tokensPerSecond > 0 ? 1_000 / tokensPerSecond : 0;

  async function* stream(request: ChatRequest, signal: AbortSignal): AsyncGenerator<StreamPart> {
    const seed = hashOf(JSON.stringify([request.messages, request.attempt ?? 1]));
    const prompt = readDemoPrompt(request.messages);
    const text = demoReply(prompt, createPick(seed)) + notesBeside(request, prompt);
    const pieces = wordPieces(text);
    const allowed = request.maxTokens ?? Number.POSITIVE_INFINITY;
    let due = clock.monotonic();
    let characters = 0;
    for (const piece of pieces.slice(0, allowed)) {
      due += interval;
      const wait = due - clock.monotonic();
      // A late piece follows at once, so that timers that fire late do not slow the pace.
      if (interval > 0 && wait > 0) await pause(clock, wait, signal);
      else await setImmediate();
      signal.throwIfAborted();
      characters += piece.length;
      yield { type: 'text', text: piece };
    }
    signal.throwIfAborted();
    yield {
      type: 'end',
      finish: pieces.length > allowed ? 'length' : 'stop',
      usage: estimateUsage(request.messages, characters),
      model: name,
      fallback: false,
    };
  }

  async function structured<T>(
    request: StructuredRequest<T>,
    signal: AbortSignal,
  ): Promise<StructuredResult<T>> {
    signal.throwIfAborted();
    const { messages, task, schema, fallback } = request;
    const background = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
    const candidate = fillSchema(
      jsonSchemaOf(schema),
      demoRules[task]?.(readDemoPrompt(messages), background.join('\n')),
    );
    const parsed = schema.safeParse(candidate);
    const usage = estimateUsage(messages, parsed.success ? JSON.stringify(candidate).length : 0);
    if (parsed.success) return { value: parsed.data, source: 'model', usage, model: name };
    const reason = `The demo model has no answer to "${task}".`;
    return { value: fallback, source: 'default', failure: 'garbage', reason, usage, model: name };
  }

  return { name, stream, structured };
}

/** What is noted for the room, where its prompt says how. */
function notesBeside({ messages }: ChatRequest, prompt: ReturnType<typeof readDemoPrompt>): string {
  const background = messages.flatMap(({ role, content }) => (role === 'system' ? [content] : [])).join('\n');
  return takesNotes(background) ? demoNotes(prompt, background) : '';
}

/** `text` in pieces about the size of tokens, each with the space before it; joined they are `text` again. */
export function wordPieces(text: string): string[] {
  return text.match(/\s*\S{1,6}|\s+$/gu) ?? [];
}
