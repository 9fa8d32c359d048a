import { z } from 'zod';
import type { Usage } from './language-model.ts';
import { modelError } from './model-error.ts';
import { notTheProtocol, statusError } from './status-error.ts';

/** What one JSON value of the protocol brings: a chunk of a stream, or a whole answer. */
export type Completion = {
  text: string;
  finish: string | undefined;
  usage: Usage | undefined;
  model: string | undefined;
};

// Some endpoints send content as parts instead of a string.
const contentSchema = z.union([z.string(), z.array(z.looseObject({ text: z.string().catch('') }))]).nullish();
const wordsSchema = z.object({ content: contentSchema }).nullish();

// Only what is read, each of it optional: endpoints leave out roles, usage, ids and whole choices.
const completionSchema = z.object({
  model: z.string().nullish().catch(undefined),
  choices: z
    .array(z.object({ delta: wordsSchema, message: wordsSchema, finish_reason: z.string().nullish() }))
    .nullish(),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(undefined),
  error: z.unknown().optional(),
});

/**
 * Reads a chunk or an answer of the chat completions protocol. Throws `garbage` for what is neither, and the error
 * an endpoint reports inside a response that began with status 200.
 */
export function readCompletion(json: string): Completion {
  const parsed = completionSchema.safeParse(parseJson(json));
  if (!parsed.success) throw modelError('garbage', notTheProtocol, new Error(clip(json)));
  const { choices, usage, error, model } = parsed.data;
  if (error !== undefined && error !== null) throw reportedError(error);
  const choice = choices?.[0];
  return {
    text: textOf((choice?.delta ?? choice?.message)?.content),
    finish: choice?.finish_reason ?? undefined,
    usage: usage
      ? { promptTokens: usage.prompt_tokens, completionTokens: usage.completion_tokens, estimated: false }
      : undefined,
    model: model ?? undefined,
  };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw modelError('garbage', notTheProtocol, new Error(clip(json)));
  }
}

function textOf(content: z.infer<typeof contentSchema>): string {
  if (typeof content === 'string') return content;
  return content?.map((part) => part.text).join('') ?? '';
}

const reportSchema = z.object({
  code: z.union([z.string(), z.number()]).nullish(),
  message: z.string().optional(),
});

/** An `error` in a 200 response; its code is sometimes an HTTP status. Without one it is the endpoint's problem. */
function reportedError(error: unknown): Error {
  const report = reportSchema.safeParse(error);
  const code = report.data?.code ?? undefined;
  const status = Number(code);
  return statusError({
    status: status >= 400 && status < 600 ? status : 500,
    code: typeof code === 'string' ? code : undefined,
    cause: new Error(clip(report.data?.message ?? '')),
  });
}

const clip = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}…` : text);
