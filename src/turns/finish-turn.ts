import { system } from '../domain/command.ts';
import type { CommandOf } from '../domain/decide.ts';
import type { MessageData, Outcome } from '../domain/event.ts';
import { type Notes, readNotes } from '../domain/notes.ts';
import { pause } from '../lib/clock.ts';
import { KibitzError } from '../lib/errors.ts';
import type { Usage } from '../llm/language-model.ts';
import { offeredIn } from './told-sources.ts';
import type { TurnContext } from './turn-context.ts';

/** Milliseconds between tries, and in all. A successor takes over once the lease has run out. */
const tryAgainAfter = 250;
const patience = 5_000;

/** Puts whole words of a turn into the log; the turn goes on. */
export async function say(context: TurnContext): Promise<void> {
  const reply = wordsOf(context);
  if (reply === undefined) return;
  const args = { turnId: context.turn.turnId, reply, ...notesOf(context) };
  await write(context, { name: 'turn.say', args });
  context.spent = usageOf(context);
  context.said = reply.messageId;
  delete context.reply;
}

/** Ends a running turn, with what was said and, for people, why it failed. */
export async function finishTurn(context: TurnContext, outcome: Outcome, error?: string): Promise<void> {
  const [reply, usage] = [wordsOf(context), usageOf(context)];
  const args = {
    turnId: context.turn.turnId,
    outcome,
    ...(error === undefined ? {} : { error }),
    ...(usage === undefined ? {} : { usage }),
    ...(reply === undefined ? {} : { reply, ...notesOf(context) }),
  };
  await write(context, { name: 'turn.finish', args });
}

/** Tries for a while: what was said is worth more than a moment in which the database cannot be reached. */
async function write(context: TurnContext, command: CommandOf<'turn.say' | 'turn.finish'>): Promise<void> {
  const { eventLog, roomId, lease, clock, newId } = context;
  // One that has landed all the same is not written again.
  const request = { roomId, command, actor: system, turnEpoch: lease.epoch, commandId: newId() };
  const givenUpAt = clock.monotonic() + patience;
  for (;;) {
    try {
      await eventLog.handle(request);
      return;
    } catch (reason) {
      const isPassing = reason instanceof KibitzError && reason.code === 'unavailable';
      if (!isPassing || clock.monotonic() > givenUpAt) throw reason;
    }
    await pause(clock, tryAgainAfter);
  }
}

/** The words of a turn that are not in the log yet, as a message; `truncated` unless the model said that it was done. */
export function wordsOf({ bot, reply, interjectionOf, offered }: TurnContext): MessageData | undefined {
  if (bot === undefined || reply === undefined) return undefined;
  const { messageId, text, end } = reply;
  return {
    messageId,
    author: { type: 'bot', id: bot.id, name: bot.name },
    text,
    ...(interjectionOf === undefined ? {} : { interjectionOf }),
    ...(offered === undefined ? {} : { sources: offeredIn(offered), citations: reply.citations }),
    truncated: end?.finish !== 'stop',
    // One that was cut short tells at least what is known of it.
    ...(reply.fallback === undefined ? {} : { fallback: reply.fallback }),
    ...(end === undefined ? {} : { model: end.model, fallback: end.fallback }),
  };
}

/** What a reply noted for the room, where that keeps notes. What it only took over from somebody does not count. */
function notesOf({ reply, prompt, roomId, turn, log }: TurnContext): { notes?: Notes } {
  if (reply === undefined || reply.markers.length === 0) return {};
  const heard = (prompt ?? []).filter(({ role }) => role === 'user').map(({ content }) => content);
  const own = reply.markers.filter(({ body }) => !heard.some((text) => text.includes(body.trim())));
  const { notes, dropped } = readNotes(own);
  if (dropped.length > 0)
    log.info({ roomId, turnId: turn.turnId, dropped }, 'markers that could not be used');
  return { notes };
}

/** The tokens of all words of a turn. */
function usageOf({ spent, reply }: TurnContext): Usage | undefined {
  const usage = reply?.end?.usage;
  if (spent === undefined || usage === undefined) return usage ?? spent;
  return {
    promptTokens: spent.promptTokens + usage.promptTokens,
    completionTokens: spent.completionTokens + usage.completionTokens,
    estimated: spent.estimated || usage.estimated,
  };
}
