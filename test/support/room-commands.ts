import fc from 'fast-check';
import type { Consequence } from '../../src/domain/consequence.ts';
import type { Command } from '../../src/domain/decide.ts';
import type { Actor, CarriedEvent, LoggedEvent, NewEvent } from '../../src/domain/event.ts';
import { outcomes } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import { factStatuses } from '../../src/domain/fact.ts';
import { initialState, type RoomState, type TimelineMessage } from '../../src/domain/room-state.ts';
import { sourceFormats } from '../../src/domain/source.ts';
import { taskKinds } from '../../src/domain/task.ts';
import { titleSchema } from '../../src/domain/text.ts';
import { evolveTimeline } from '../../src/domain/timeline.ts';
import { type ErrorCode, KibitzError } from '../../src/lib/errors.ts';
import { Shelf } from './shelf.ts';
import { logged, testRoom, timeOf } from './test-room.ts';

/** Everybody who may appear; `own` made the room, who else is in it changes as they go. */
export const people = ['own', 'mod', 'pat', 'sam', 'out'] as const;
const bots = ['ada', 'bob', 'cleo'] as const;

/** What somebody sets out to do; `pick` numbers are taken modulo what there is at that moment, or miss on purpose. */
export type Intent = { who: string; what: What; pick: number; text: string; flag: boolean };

const kinds = [
  'message.post',
  'message.edit',
  'message.remove',
  'reply.regenerate',
  'reply.select',
  'history.rewind',
  'history.undo',
  'turn.stop',
  'turn.start',
  'turn.say',
  'turn.settle',
  'fact.add',
  'fact.edit',
  'fact.remove',
  'fact.promote',
  'task.add',
  'task.answer',
  'task.dismiss',
  'brief.apply',
  'brief.refresh',
  'brief.keep',
  'source.add',
  'source.remove',
  'turn.refresh',
  'turn.finish',
  'member.join',
  'member.setRole',
  'member.remove',
  'bot.add',
  'bot.remove',
  'bot.reset',
  'room.update',
  'scene.open',
  'scene.close',
  'carried',
] as const;
type What = (typeof kinds)[number];

const weights: Partial<Record<What, number>> = {
  'message.post': 8,
  'message.edit': 3,
  'reply.regenerate': 5,
  'reply.select': 2,
  'history.undo': 2,
  'turn.start': 8,
  'turn.say': 4,
  'turn.settle': 8,
  'turn.finish': 8,
  'scene.open': 2,
};

const text = fc.oneof(
  fc.constantFrom('hello', '@Ada what now?', 'Bob: and you?', 'Ada, @Cleo', '\u{1F469}\u200d\u{1F4BB}'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).map((value) => `${value}.`),
);

export const intent: fc.Arbitrary<Intent> = fc.record({
  who: fc.oneof({ arbitrary: fc.constantFrom('own', 'pat'), weight: 3 }, fc.constantFrom(...people)),
  what: fc.oneof(...kinds.map((kind) => ({ arbitrary: fc.constant(kind), weight: weights[kind] ?? 1 }))),
  pick: fc.nat(999),
  text,
  flag: fc.boolean(),
});

/** What people set out to do in a room, one after the other. */
export function intents(minLength = 0, maxLength = 60): fc.Arbitrary<Intent[]> {
  return fc.array(intent, { minLength, maxLength, size: 'max' });
}

/** One intent met with the room as it stood: what was decided, or the code of the refusal. */
export type Step = {
  intent: Intent;
  actor: Actor;
  before: RoomState;
  decided: readonly NewEvent[];
  refused?: ErrorCode;
};

export type Played = {
  log: readonly LoggedEvent[];
  state: RoomState;
  /** The whole timeline, not only the state's window. */
  timeline: readonly TimelineMessage[];
  steps: readonly Step[];
  /** What follows from the messages that stand. */
  standing: readonly Consequence[];
};

/** Plays intents in a new room of owner `own`; a refusal ends nothing, any other error is thrown. */
export function play(plan: readonly Intent[]): Played {
  const log: LoggedEvent[] = [];
  const steps: Step[] = [];
  let state = initialState('room1');
  let timeline: readonly TimelineMessage[] = [];
  const shelf = new Shelf();
  let ids = 0;
  const newId = () => `id${++ids}`;
  const append = (events: readonly LoggedEvent[]) => {
    for (const event of events) {
      log.push(event);
      state = evolve(state, event);
      timeline = evolveTimeline(timeline, event);
      shelf.take(event);
    }
  };

  const run = (step: Omit<Step, 'before' | 'decided'>, command: Command) => {
    const before = state;
    try {
      const { events } = shelf.decide(command, before, step.actor, newId);
      append(logged('room1', before.seq, events));
      steps.push({ ...step, before, decided: events });
    } catch (error) {
      if (!(error instanceof KibitzError)) throw error;
      steps.push({ ...step, before, decided: [], refused: error.code });
    }
  };

  append(opening());
  for (const step of plan) {
    if (step.what === 'carried') append([carried(state.seq + 1)]);
    else run({ intent: step, actor: user(step.who) }, commandOf(step, step.what, state, log));
  }
  return { log, state, timeline, steps, standing: shelf.standing() };
}

/** A room with the bot Ada and a member of each role; `out` is not in it. */
function opening(): readonly LoggedEvent[] {
  const room = testRoom({
    settings: { facts: true },
    members: { mod: 'moderator', pat: 'participant', sam: 'spectator' },
  });
  return room.log;
}

function user(id: string): Actor {
  return { type: 'user', id };
}

function carried(seq: number): CarriedEvent {
  const actor = { type: 'system' as const, id: 'later' };
  return { roomId: 'room1', seq, at: '2026-01-01T00:00:00.000Z', kind: 'later.thing', actor, data: { seq } };
}

export function commandOf(
  { pick, text, flag }: Intent,
  what: Exclude<What, 'carried'>,
  state: RoomState,
  log: readonly LoggedEvent[],
): Command {
  const messageIds = [...log.flatMap(messageIdOf), 'nothing'];
  // Mostly a late message, as in life; the rest anywhere in the log, replaced ones and none included.
  const messageId = at(flag ? messageIds.slice(-6) : messageIds, pick);
  const replyId = at([...messageIds.filter((id) => id.startsWith('reply')), 'nothing'].slice(-3), pick);
  const turnIds = state.turns.map((turn) => turn.turnId);
  const turnId = at(pick % 10 === 0 || turnIds.length === 0 ? ['nothing'] : turnIds, pick);
  const factId = at([...state.facts.map((fact) => fact.factId), ...state.goneFacts, 'nothing'], pick);
  const taskId = at([...state.tasks.map((task) => task.taskId), 'nothing'], pick);
  const seen = pick % 3 === 0 ? { ifVersion: pick % (state.stateVersion + 1) } : {};
  const userId = at(people, pick);
  const botId = at(bots, pick);
  switch (what) {
    case 'message.post':
      return {
        name: what,
        args: { text, ...(pick % 4 === 0 ? { replyTo: flag ? messageId : taskId } : {}) },
      };
    case 'message.edit':
      return { name: what, args: { messageId, text } };
    case 'reply.regenerate':
      return {
        name: what,
        args: { messageId: flag ? replyId : messageId, ...(pick % 3 === 0 ? { text } : {}) },
      };
    case 'message.remove':
    case 'history.rewind':
      return { name: what, args: { messageId } };
    case 'reply.select':
      return {
        name: what,
        args: { messageId: at([...messageIds.filter((id) => id.startsWith('reply')), 'nothing'], pick) },
      };
    case 'history.undo':
      return { name: what, args: {} };
    case 'turn.stop':
      return { name: what, args: { turnId } };
    case 'turn.say': {
      const author = { type: 'bot' as const, id: botId, name: botId };
      const interjectionOf = flag
        ? state.messages.findLast((message) => message.author.type === 'bot')?.messageId
        : undefined;
      const reply = {
        messageId: `reply${state.seq}`,
        author,
        text,
        ...(interjectionOf === undefined ? {} : { interjectionOf }),
      };
      return { name: what, args: { turnId, reply, notes: notesOf(pick, text, taskId) } };
    }
    case 'turn.settle':
      return { name: what, args: settling(pick, turnId, flag ? replyId : messageId, text) };
    case 'fact.add':
      return { name: what, args: { text } };
    case 'fact.edit': {
      const status = at(factStatuses, pick);
      return { name: what, args: { factId, ...(flag ? { text } : { status }), ...seen } };
    }
    case 'fact.remove':
      return { name: what, args: { factId, ...seen } };
    case 'fact.promote':
      return { name: what, args: { taskId, ...(flag ? { text } : {}) } };
    case 'task.add':
      return { name: what, args: { kind: at(taskKinds, pick), text } };
    case 'task.answer':
      return { name: what, args: { taskId, answer: text } };
    case 'task.dismiss':
      return { name: what, args: { taskId } };
    case 'brief.apply':
      return { name: what, args: { operations: [operation(state, pick, text)] } };
    case 'brief.refresh':
    case 'brief.keep':
      return { name: what, args: {} };
    case 'source.add':
      return { name: what, args: sourceOf(pick, text) };
    case 'source.remove': {
      const sourceId = at([...state.sources.map((source) => source.sourceId), 'nothing'], pick);
      return { name: what, args: { sourceId } };
    }
    case 'turn.refresh': {
      const rests = [factId, messageId].slice(0, 1 + (pick % 2));
      const operations = [{ ...operation(state, pick, `${text} ${pick}`), rests_on: rests }];
      return { name: what, args: { turnId, operations, basedOn: state.stateVersion } };
    }
    case 'turn.start':
      return {
        name: what,
        args: { turnId, addressee: { botId, by: 'only', confidence: 'high', reason: 'drawn' } },
      };
    case 'turn.finish': {
      const author = { type: 'bot' as const, id: botId, name: botId };
      const reply = { messageId: `reply${state.seq}`, author, text: pick % 5 === 0 ? ' ' : text };
      return {
        name: what,
        args: {
          turnId,
          outcome: flag ? 'completed' : at(outcomes, pick),
          ...(pick % 7 === 0 ? {} : { reply, notes: notesOf(pick, text, taskId) }),
        },
      };
    }
    case 'member.join': {
      const invitedAt = timeOf(flag ? state.seq : 0);
      const role = at(['spectator', 'participant', 'moderator'] as const, pick);
      return { name: what, args: { name: 'somebody', role, invitedAt } };
    }
    case 'member.setRole':
      return { name: what, args: { userId, role: at(['spectator', 'participant', 'moderator'], pick + 1) } };
    case 'member.remove':
      return { name: what, args: { userId } };
    case 'bot.add':
      return {
        name: what,
        args: {
          botId,
          name: botId,
          ...(flag ? { role: 'host' } : {}),
          ...(pick % 2 === 0 ? { greeting: `{{user}}, ${text}` } : {}),
        },
      };
    case 'bot.remove':
    case 'bot.reset':
      return { name: what, args: { botId } };
    case 'scene.open':
      return { name: what, args: flag ? { clock: `hour ${pick % 24}` } : { title: titleSchema.parse(text) } };
    case 'scene.close':
      return { name: what, args: {} };
    case 'room.update':
      return {
        name: what,
        args: flag
          ? { title: titleSchema.parse(text) }
          : { settings: { reply: at(['auto', 'always', 'mention'], pick) } },
      };
  }
}

/** An operation on the brief: on the first of its sections, or one that makes one. */
function operation({ brief }: RoomState, pick: number, text: string): Record<string, unknown> {
  const section = at([...brief.document.sections, undefined], pick);
  if (section === undefined) return { op: 'add_section', heading: `Part ${pick % 3}`, level: 2, blocks: [] };
  const block = at([...section.blocks, undefined], pick);
  if (block === undefined || pick % 3 > 0) return { op: 'append_block', section_id: section.id, text };
  return {
    op: pick % 2 ? 'remove_block' : 'replace_block',
    section_id: section.id,
    block_id: block.id,
    text,
  };
}

/** A file somebody brings in; now and then one that is there already, under another name. */
function sourceOf(pick: number, text: string) {
  return {
    sourceId: `source${pick % 7}`,
    title: text,
    chunks: 1 + pick,
    format: at(sourceFormats, pick),
    ...(pick % 2 ? { author: `author ${pick}` } : { category: text }),
    bytes: 1 + pick,
  };
}

/** What a model notes beside its words. */
function notesOf(pick: number, text: string, taskId: string) {
  const source = { type: 'ai_synthesis' as const, ref: null };
  return {
    facts:
      pick % 2
        ? [{ text: `${text} ${pick % 5}`, summary: 'noted', status: 'suspected' as const, source }]
        : [],
    tasks: [{ kind: 'check' as const, text: `${text}? ${pick % 5}`, ...(pick % 4 === 0 ? { taskId } : {}) }],
  };
}

/** What is to follow from a message, for anybody who may be there. */
function settling(pick: number, turnId: string, messageId: string, text: string) {
  const all = [...bots, ...people];
  const [from, to] = [at(all, pick), at(all, pick + 1 + (pick % 5))];
  const delta = {
    affinity: (pick % 21) - 10,
    trust: 10 - (pick % 17),
    knowledge: [`k${pick}`],
    summary: text,
  };
  return {
    turnId,
    messageId,
    since: 1_000,
    significance: 1 + (pick % 10),
    memories: bots.map((witnessId) => ({ witnessId, text: `${witnessId} ${pick}` })),
    edges: [
      { from, to, delta },
      { from: to, to: from, delta: { ...delta, knowledge: [], affinity: 3 } },
      { from: 'ada', to: 'own', delta },
    ].filter(
      (edge, index, list) => list.findIndex(({ from, to }) => from === edge.from && to === edge.to) === index,
    ),
  };
}

function messageIdOf(event: LoggedEvent): string[] {
  const data = event.data as { messageId?: string; message?: { messageId: string } };
  return [data.messageId, data.message?.messageId].filter((id) => id !== undefined);
}

function at<T>(items: readonly T[], pick: number): T {
  return items[pick % items.length] as T;
}
