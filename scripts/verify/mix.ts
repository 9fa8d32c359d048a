import { setTimeout as pause } from 'node:timers/promises';
import type { Template } from '../../src/domain/settings.ts';
import type { Command, History } from '../../test/support/history/history.ts';
import type { Account } from './account.ts';
import { type EventReader, openEventReader } from './event-reader.ts';
import { takePart } from './participant.ts';
import { createRandom } from './random.ts';
import { makeStage, type Stage } from './stage.ts';
import { openTab, type RecordedTab } from './tab.ts';
import { type QuietRoom, waitUntilQuiet } from './wait-until-quiet.ts';
import { watchProcesses } from './watch-processes.ts';

export type MixPlan = {
  urls: readonly string[];
  seed: number;
  /** Milliseconds that people do things for. */
  duration: number;
  rooms: number;
  /** In each room: those who take part, its owner among them, and those who watch. */
  people: number;
  spectators: number;
  /** Milliseconds between two things that one person does, on the average. */
  pace: number;
  /** Milliseconds that turns may take to end, and tabs to catch up, after that. */
  quietWithin: number;
  /** Called when everybody is there and begins: what goes wrong on purpose goes wrong from here on. */
  onBegin?(): void;
  /** Awaited when everybody has done what they wanted to: what was broken on purpose is whole again when it resolves. */
  onEnd?(): Promise<void>;
};

const templates: readonly Template[] = ['troubleshooting', 'blank'];

/** Has a seeded mix of people use a deployment by its wire contract, and records all they did and saw. */
export async function runMix(plan: MixPlan): Promise<History> {
  const { urls, seed, duration, pace } = plan;
  const commands: Command[] = [];
  const watch = watchProcesses(urls);
  const cast = await Promise.all(Array.from({ length: plan.rooms }, (_, index) => setUpRoom(plan, index)));
  plan.onBegin?.();
  const endsAt = performance.now() + duration;

  await Promise.all(
    cast.flatMap((room) => [
      ...room.members.map(async (member) => {
        const { client, random, isOwner } = member;
        await pause(member.comesAfter * duration);
        const entered = await member.enter();
        const tab = openTab(entered, client, room.stage.roomId, random.pick(urls) ?? '');
        room.tabs.push(tab);
        await takePart({ client, account: entered, tab, random, isOwner, commands, endsAt, pace });
      }),
      ...room.watchers.map((cut) => cutNowAndThen(cut, createRandom(`${seed} watching`), endsAt, pace * 4)),
    ]),
  );
  await plan.onEnd?.();
  const quiet: QuietRoom[] = cast.map(({ stage, tabs, readers }) => ({ ...stage, tabs, readers }));
  const logs = await waitUntilQuiet(urls, quiet, plan.quietWithin);
  const processes = await watch.stop(plan.quietWithin);
  const tabs = cast.flatMap((room) => [
    ...room.tabs.map(({ record }) => record),
    ...room.readers.map(({ record }) => record),
  ]);
  return { commands, tabs, logs, processes };
}

async function setUpRoom({ urls, seed, people, spectators }: MixPlan, index: number) {
  const name = `s${seed}r${index}`;
  const random = createRandom(`${seed} room ${index}`);
  const stage = await makeStage(urls, name, templates[index % templates.length] ?? 'blank');
  const tabs: RecordedTab[] = [];
  const readers: EventReader[] = [];
  const watchers: (() => void)[] = [];
  for (let count = 0; count < spectators; count += 1) {
    const account = await stage.enter('spectator', `Watcher ${count}`);
    const tab = openTab(account, `${name}w${count}`, stage.roomId, random.pick(urls) ?? '');
    tabs.push(tab);
    watchers.push(tab.cut);
  }
  const reader = openEventReader(stage.owner, `${name}sse`, stage.roomId, random.between(0, urls.length - 1));
  readers.push(reader);
  watchers.push(reader.cut);
  const members = Array.from({ length: people }, (_, number) =>
    memberOf(stage, `${name}p${number}`, number, createRandom(`${seed} room ${index} person ${number}`)),
  );
  return { stage, tabs, readers, watchers, members };
}

function memberOf(stage: Stage, client: string, number: number, random: ReturnType<typeof createRandom>) {
  const isOwner = number === 0;
  // The owner and a guest are there from the beginning; others come while things happen.
  const comesAfter = number < 2 ? 0 : random.next() * 0.5;
  const enter = (): Promise<Account> =>
    isOwner ? Promise.resolve(stage.owner) : stage.enter('participant', `Guest ${number}`);
  return { client, random, isOwner, comesAfter, enter };
}

async function cutNowAndThen(
  cut: () => void,
  random: ReturnType<typeof createRandom>,
  endsAt: number,
  every: number,
): Promise<void> {
  while (performance.now() < endsAt) {
    await pause(Math.min(random.next() * 2 * every, Math.max(0, endsAt - performance.now())));
    if (performance.now() < endsAt) cut();
  }
}
