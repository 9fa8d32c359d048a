import { onTestFinished } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { openDatabase } from '../../src/db/open-database.ts';
import type { Bot } from '../../src/domain/bot.ts';
import type { Command } from '../../src/domain/decide.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import type {
  ChatRequest,
  LanguageModel,
  StreamPart,
  StructuredRequest,
} from '../../src/llm/language-model.ts';
import { modelError } from '../../src/llm/model-error.ts';
import type { FindPassages } from '../../src/turns/find-passages.ts';
import { defaultLeaseTiming } from '../../src/turns/hold-lease.ts';
import { createTurnRunner } from '../../src/turns/turn-runner.ts';
import { freshSqliteUrl } from './databases.ts';
import { createRecordedLog } from './silent-log.ts';
import { ann, makeRoom, openLog, post } from './test-log.ts';
import { until } from './until.ts';

/** Bots that a room with running turns may have; the id is the name in small letters. */
export const cast: Bot[] = ['Ada', 'Bob', 'Cleo', 'Dan'].map((name) => ({
  id: name.toLowerCase(),
  name,
  persona: `${name} speaks.`,
}));
const usage = { promptTokens: 10, completionTokens: 2, estimated: false };

export type Wishes = { botId: string; eagerness: number; reason: string }[];

/** A model that says who it is and how often it spoke; who wants to put in a word is up to the test. */
export function scripted(wishes: () => Wishes = () => [], fails: (name: string) => boolean = () => false) {
  const spoken: ChatRequest[] = [];
  const asked: StructuredRequest<unknown>[] = [];
  const model: LanguageModel = {
    name: 'scripted',
    async *stream(request): AsyncGenerator<StreamPart> {
      spoken.push(request);
      const name = /You are (\w+)/.exec(request.messages[0]?.content ?? '')?.[1] ?? '';
      if (fails(name)) throw modelError('server', 'The model is out of order.');
      yield { type: 'text', text: `${name} ${spoken.length}` };
      yield { type: 'end', finish: 'stop', usage, model: 'scripted', fallback: false };
    },
    structured: async (request) => {
      asked.push(request as StructuredRequest<unknown>);
      const value =
        request.task === 'interjection' ? request.schema.parse({ speakers: wishes() }) : request.fallback;
      return { value, source: 'model', usage };
    },
  };
  return { model, spoken, asked };
}

/** A room of Ann's whose turns run, with the bots of these names. */
export async function turnRoom(
  model: LanguageModel,
  names = ['Ada', 'Bob', 'Cleo'],
  profiles = cast,
  findPassages: FindPassages = async () => ({ tier: 'none', passages: [] }),
  open: (url: string) => Promise<Database> = openDatabase,
) {
  const db = await open(await freshSqliteUrl());
  const log = openLog(db);
  const present = profiles.filter(({ name }) => names.includes(name));
  const roomId = await makeRoom(
    log,
    present.map(({ id, name }) => ({ botId: id, name })),
  );
  const runner = createTurnRunner({
    parts: {
      eventLog: log,
      model,
      live: { stage() {}, begin() {}, sources() {}, add() {}, restart() {}, end() {}, leave() {} },
      log: createRecordedLog(),
      newId: randomId,
      clock: systemClock,
      budget: { soft: 1_000, hard: 2_000 },
      findPassages,
      findBot: async (botId) => profiles.find(({ id }) => id === botId),
    },
    lock: createTurnLock(db),
    clock: systemClock,
    log: createRecordedLog(),
    timing: defaultLeaseTiming,
    holder: 'here',
    others: { wake() {}, stop() {} },
  });
  runner.start();
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= runner.drain(0).then(() => db.close());
    return closed;
  };
  onTestFinished(close);
  const settled = () => until('the turns to end', async () => (await log.stateOf(roomId)).turns.length === 0);
  const act = (command: Command) => log.handle({ roomId, actor: ann, command });
  return {
    log,
    roomId,
    act,
    /** Waits until no turn waits or runs. */
    settled,
    /** Closes it before the test ends. */
    close,
    say: async (text: string) => {
      await log.handle(post(roomId, text));
      await settled();
    },
    regenerate: async (text: string) => {
      const { messages } = await log.stateOf(roomId);
      const messageId = messages.find((message) => message.text === text)?.messageId ?? '';
      await act({ name: 'reply.regenerate', args: { messageId } });
      await settled();
    },
    texts: async () => (await log.stateOf(roomId)).messages.map(({ text }) => text),
    update: (settings: Partial<Settings>) => act({ name: 'room.update', args: { settings } }),
  };
}
