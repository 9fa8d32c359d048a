import { setTimeout as pause } from 'node:timers/promises';
import type { LoggedEvent } from '../../src/domain/event.ts';
import type { LogReading } from '../../test/support/history/history.ts';
import type { Account } from './account.ts';
import type { EventReader } from './event-reader.ts';
import { readLog } from './read-log.ts';
import type { RecordedTab } from './tab.ts';

export type QuietRoom = {
  roomId: string;
  owner: Account;
  tabs: readonly RecordedTab[];
  readers: readonly EventReader[];
};

const lookEvery = 250;

/**
 * Waits until every turn has ended and everybody shows the newest event that each process reads; then all tabs are closed, so
 * that what they were told can be held against the logs. When that does not come about in time, they are closed as they
 * are, and the checker says what is missing.
 */
export async function waitUntilQuiet(
  urls: readonly string[],
  rooms: readonly QuietRoom[],
  within: number,
): Promise<LogReading[]> {
  const giveUpAt = performance.now() + within;
  const readings = await Promise.all(rooms.map((room) => waitForRoom(urls, room, giveUpAt)));
  return readings.flat();
}

async function waitForRoom(
  urls: readonly string[],
  room: QuietRoom,
  giveUpAt: number,
): Promise<LogReading[]> {
  for (;;) {
    const isLate = performance.now() > giveUpAt;
    const readings = await readAll(urls, room);
    const [first] = readings;
    const head = first?.events.length;
    const isQuiet =
      first !== undefined &&
      readings.length === urls.length &&
      readings.every(({ events }) => events.length === head) &&
      openTurns(first.events).size === 0 &&
      room.tabs.every(({ view }) => view.state?.seq === head && view.drafts.size === 0) &&
      room.readers.every((reader) => reader.seq() === head);
    if (isQuiet || isLate) {
      // In one go with the look above: nothing comes in between.
      for (const tab of room.tabs) tab.finish();
      await Promise.all(room.readers.map((reader) => reader.close()));
      return isQuiet ? readings : readAll(urls, room);
    }
    await pause(lookEvery);
  }
}

async function readAll(urls: readonly string[], { owner, roomId }: QuietRoom): Promise<LogReading[]> {
  const found = await Promise.all(urls.map((url) => readLog(owner, url, roomId)));
  return found.filter((reading) => reading !== undefined);
}

function openTurns(events: readonly LoggedEvent[]): Set<string> {
  const open = new Set<string>();
  for (const { kind, turnId } of events) {
    if (turnId === undefined) continue;
    if (kind === 'turn.queued') open.add(turnId);
    if (kind === 'turn.ended') open.delete(turnId);
  }
  return open;
}
