import { openDatabase } from '../../src/db/open-database.ts';
import type { Bot } from '../../src/domain/bot.ts';
import type { Command } from '../../src/domain/decide.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { EventLog } from '../../src/eventlog/event-log.ts';
import type { CommandResult } from '../../src/eventlog/handle-command.ts';
import { createTurnLock } from '../../src/eventlog/turn-lock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import type { LanguageModel } from '../../src/llm/language-model.ts';
import { defaultLeaseTiming } from '../../src/turns/hold-lease.ts';
import { createTurnRunner } from '../../src/turns/turn-runner.ts';
import { freshSqliteUrl } from './databases.ts';
import { createRecordedLog } from './silent-log.ts';
import { ann, makeRoom, openLog, post } from './test-log.ts';
import { until } from './until.ts';

export const cast: Bot[] = ['Ada', 'Bob', 'Cleo', 'Dan'].map((name) => ({
  id: name.toLowerCase(),
  name,
  persona: `${name} speaks.`,
}));

/** A room of Ann's whose turns run for real, on SQLite, with a model that a test has scripted. */
export type TurnRoom = {
  log: EventLog;
  roomId: string;
  /** Runs a command as Ann. */
  act(command: Command): Promise<CommandResult>;
  /** Waits until no turn waits or runs. */
  settled(): Promise<unknown>;
  /** Says something and waits for what comes of it. */
  say(text: string): Promise<void>;
  /** Has the reply with this text written anew, and waits. */
  regenerate(text: string): Promise<void>;
  texts(): Promise<string[]>;
  update(settings: Partial<Settings>): Promise<CommandResult>;
  close(): Promise<void>;
};

export async function openTurnRoom(
  model: LanguageModel,
  names: readonly string[] = ['Ada', 'Bob', 'Cleo'],
  profiles: readonly Bot[] = cast,
): Promise<TurnRoom> {
  const db = await openDatabase(await freshSqliteUrl());
  const log = openLog(db);
  const present = cast
    .filter(({ name }) => names.includes(name))
    .map(({ id, name }) => ({ botId: id, name }));
  const roomId = await makeRoom(log, present);
  const runner = createTurnRunner({
    parts: {
      eventLog: log,
      model,
      live: { stage() {}, begin() {}, add() {}, restart() {}, end() {} },
      log: createRecordedLog(),
      newId: randomId,
      budget: { soft: 1_000, hard: 2_000 },
      findBot: async (botId) => profiles.find(({ id }) => id === botId),
    },
    lock: createTurnLock(db),
    clock: systemClock,
    log: createRecordedLog(),
    timing: defaultLeaseTiming,
    holder: 'here',
  });
  runner.start();
  const act = (command: Command) => log.handle({ roomId, actor: ann, command });
  const settled = () => until('the turns to end', async () => (await log.stateOf(roomId)).turns.length === 0);
  return {
    log,
    roomId,
    act,
    settled,
    async say(text) {
      await log.handle(post(roomId, text));
      await settled();
    },
    async regenerate(text) {
      const { messages } = await log.stateOf(roomId);
      const messageId = messages.find((message) => message.text === text)?.messageId ?? '';
      await act({ name: 'reply.regenerate', args: { messageId } });
      await settled();
    },
    texts: async () => (await log.stateOf(roomId)).messages.map(({ text }) => text),
    update: (settings) => act({ name: 'room.update', args: { settings } }),
    async close() {
      await runner.drain(0);
      await db.close();
    },
  };
}
