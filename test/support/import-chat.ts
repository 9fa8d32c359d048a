import type { Chat } from '../../src/cards/chat.ts';
import { readSillyTavern } from '../../src/cards/read-sillytavern.ts';
import { logHeader } from '../../src/cards/room-log.ts';
import { sillyTavernLines } from '../../src/cards/write-sillytavern.ts';
import type { LoggedEvent } from '../../src/domain/event.ts';
import { settingsSchema } from '../../src/domain/settings.ts';
import { Transcript } from '../../src/domain/transcript.ts';
import { TestRoom } from './test-room.ts';

export const importer = { id: 'own', name: 'Wren' };

/** A room in memory with a chat in it; bots have their names as ids. */
export function roomOf({ title, room, origin, me, bots, scenes, scene, messages, ...rest }: Chat): TestRoom {
  const test = new TestRoom('here');
  const versionsOf = (versions: Chat['messages'][number]['versions']) =>
    versions.map((version) => {
      const { type, id, name } = version.author;
      return { ...version, author: { type, id: type === 'user' && id === me ? importer.id : id, name } };
    });
  test.act(importer.id, 'room.import', {
    title,
    template: room?.template ?? 'blank',
    settings: room?.settings ?? settingsSchema.parse({}),
    ownerName: importer.name,
    bots,
    scenes,
    scene,
    ...(origin === undefined ? {} : { origin }),
    ...rest,
    messages: messages.map(({ versions, current }) => ({ versions: versionsOf(versions), current })),
  });
  return test;
}

export function transcriptOf(log: readonly LoggedEvent[]): Transcript {
  const transcript = new Transcript();
  for (const event of log) transcript.take(event);
  return transcript;
}

/** The lines of a room as a SillyTavern chat. */
export function exported(test: TestRoom): unknown[] {
  const [created] = test.log;
  const origin = created?.kind === 'room.created' ? created.data.origin : undefined;
  const lines = sillyTavernLines(test.state, origin, transcriptOf(test.log).messages());
  return JSON.parse(JSON.stringify([...lines]));
}

export const textOf = (values: readonly unknown[]) =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** A room's log as a file. */
export function logFile(test: Pick<TestRoom, 'state'> & { log: readonly LoggedEvent[] }): string {
  return textOf([logHeader(test.state, '2026-01-02T00:00:00.000Z'), ...test.log]);
}

export const imported = (lines: readonly unknown[]) => roomOf(readSillyTavern(textOf(lines), importer));
