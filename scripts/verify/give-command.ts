import { setTimeout as pause } from 'node:timers/promises';
import { failureSchema } from '../../src/protocol/result.ts';
import type { RoomCommandName } from '../../src/protocol/room-commands.ts';
import type { Attempt, AttemptOutcome, Command, CommandSuccess } from '../../test/support/history/history.ts';
import { type Account, isForTheMoment } from './account.ts';
import type { Random } from './random.ts';
import type { RecordedTab } from './tab.ts';

/** Milliseconds until a command without an answer is sent again, and until nobody asks any more. */
const ackWithin = 5_000;
const patience = 30_000;

export type Giver = {
  client: string;
  account: Account;
  tab: RecordedTab;
  random: Random;
  commands: Command[];
  newCommandId(): string;
};

/**
 * Gives a command as a good client does: sent again under its id, here or at another process, until somebody says yes or
 * no. Now and then it is sent to two processes at once, its connection is lost, or it is asked again after its answer.
 */
export async function giveCommand(
  giver: Giver,
  name: RoomCommandName,
  args: Record<string, unknown>,
): Promise<CommandSuccess | undefined> {
  const { client, account, tab, random } = giver;
  const { roomId } = tab.record;
  const commandId = giver.newCommandId();
  const command: Command = {
    client,
    userId: account.userId,
    roomId,
    commandId,
    name,
    args,
    attempts: [],
  };
  giver.commands.push(command);
  const way = random.weighted({ socket: 60, http: 15, twoAtOnce: 10, lostAnswer: 10, askAgain: 5 });
  const anyUrl = () => random.pick(account.urls) ?? tab.url();
  const bySocket = () => attempt(command, tab.url(), () => emit(tab, name, { roomId, commandId, ...args }));
  const byHttp = (url: string) => attempt(command, url, () => post(account, url, command));

  if (way === 'twoAtOnce') {
    await Promise.all([byHttp(anyUrl()), byHttp(anyUrl())]);
  } else if (way === 'lostAnswer') {
    const sent = bySocket();
    tab.cut();
    await sent;
  } else if (way === 'http') {
    await byHttp(anyUrl());
  } else {
    await bySocket();
  }
  const giveUpAt = performance.now() + patience;
  while (!isAnswered(command) && performance.now() < giveUpAt) {
    await pause(waitAfter(command.attempts.at(-1)));
    await (tab.socket().connected && random.chance(0.5) ? bySocket() : byHttp(anyUrl()));
  }
  if (way === 'askAgain') await byHttp(anyUrl());
  for (const { outcome } of command.attempts) if (outcome.type === 'ok') return outcome.result;
  return undefined;
}

async function attempt(command: Command, url: string, send: () => Promise<AttemptOutcome>): Promise<void> {
  const invokedAt = performance.now();
  const outcome = await send();
  command.attempts.push({ url, invokedAt, endedAt: performance.now(), outcome });
}

async function emit(tab: RecordedTab, name: string, args: object): Promise<AttemptOutcome> {
  const socket = tab.socket();
  if (!socket.connected) return { type: 'unknown', why: 'not connected' };
  // Sent by name: which command it is, the client's plan says.
  const emitter = socket.timeout(ackWithin) as unknown as {
    emitWithAck(name: string, args: object): Promise<unknown>;
  };
  try {
    return outcomeOf(await emitter.emitWithAck(name, args));
  } catch {
    return { type: 'unknown', why: 'no answer' };
  }
}

async function post(account: Account, url: string, command: Command): Promise<AttemptOutcome> {
  const { roomId, name, commandId, args } = command;
  const answer = await account.call(url, 'POST', `/api/rooms/${roomId}/commands/${name}`, {
    commandId,
    ...args,
  });
  return answer.type === 'ok' ? outcomeOf(answer.body) : answer;
}

function outcomeOf(answer: unknown): AttemptOutcome {
  const failure = failureSchema.safeParse(answer);
  if (failure.success) return { type: 'failed', error: failure.data.error };
  return { type: 'ok', result: answer as CommandSuccess };
}

function isAnswered({ attempts }: Command): boolean {
  return attempts.some(
    ({ outcome }) =>
      outcome.type === 'ok' || (outcome.type === 'failed' && !isForTheMoment(outcome.error.code)),
  );
}

/** Milliseconds: as long as it was told to wait, else a moment. */
function waitAfter(last: Attempt | undefined): number {
  const outcome = last?.outcome;
  return outcome?.type === 'failed' ? (outcome.error.retryAfter ?? 0.2) * 1_000 : 100;
}
