import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createHttpApi } from '../../scripts/replay/http-api.ts';
import { parseLog } from '../../scripts/replay/parse-log.ts';
import { type Plan, play } from '../../scripts/replay/play.ts';
import { setStage } from '../../scripts/replay/stage.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { type EventOf, isKnown, loggedEventSchema, type RoomEvent } from '../../src/domain/event.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { randomId } from '../../src/lib/ids.ts';
import { joinResult } from '../../src/protocol/invites.ts';
import { freshSqliteUrl } from '../support/databases.ts';
import { createRecordedLog } from '../support/silent-log.ts';

const fixture = new URL('../fixtures/irc/ubuntu-2009-02-23.jsonl', import.meta.url);
const { lines } = parseLog(readFileSync(fixture, 'utf8'));
const never = new AbortController().signal;
const apps: App[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close(1_000);
});

async function startApp(): Promise<App> {
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: await freshSqliteUrl(),
    DEMO_TOKENS_PER_SECOND: '0',
  });
  const app = await createApp({ config, clock: systemClock, newId: randomId, log: createRecordedLog() });
  apps.push(app);
  return app;
}

async function replay(options: Partial<Plan> = {}) {
  const { url } = await startApp();
  const botName = options.botName ?? 'ubottu';
  const stage = await setStage({ url, title: 'Ubuntu', template: 'troubleshooting', botName, signal: never });
  const plan = { url, stage, lines, speed: Number.POSITIVE_INFINITY, botName, askEvery: 0, signal: never };
  const progress = await play({ ...plan, onProgress: () => {}, ...options });
  return { progress, events: await eventsFor(url, stage.spectatorLink) };
}

/** The room's log, as somebody reads it who came by the link for spectators. */
async function eventsFor(url: string, link: string): Promise<RoomEvent[]> {
  const api = createHttpApi(url, never);
  const token = new URL(link).hash.slice(1);
  const { roomId } = await api.post('/api/join', { token }, joinResult);
  const page = z.object({ events: z.array(loggedEventSchema), head: z.int() });
  const all: RoomEvent[] = [];
  for (;;) {
    const { events, head } = await api.get(`/api/rooms/${roomId}/events?after=${all.length}&limit=100`, page);
    all.push(...events.filter(isKnown));
    if (all.length >= head) return all;
  }
}

type Posted = EventOf<'message.posted'>;
const ofKind = <K extends RoomEvent['kind']>(events: readonly RoomEvent[], kind: K) =>
  events.filter((event): event is EventOf<K> => event.kind === kind);
const spoken = (events: readonly RoomEvent[]): Posted[] =>
  ofKind(events, 'message.posted').filter(({ data }) => data.author.type === 'user');
const names = (bot: string) => new RegExp(`^${bot}[:,]|@${bot}\\b`, 'i');

/** Every message that names the bot started a turn or came before one that waited for it began, and no other did. */
function expectOnlyMentionsAnswered(events: readonly RoomEvent[], bot: string): void {
  const turns = ofKind(events, 'turn.queued').map(({ turnId, seq, data }) => ({
    queued: seq,
    trigger: 'messageId' in data.trigger ? data.trigger.messageId : '',
    started: ofKind(events, 'turn.started').find((event) => event.turnId === turnId)?.seq ?? 0,
    outcome: ofKind(events, 'turn.ended').find((event) => event.turnId === turnId)?.data.outcome,
  }));
  const mentions = spoken(events).filter(({ data }) => names(bot).test(data.text));
  for (const { seq, data } of mentions) {
    const own = turns.some(({ trigger }) => trigger === data.messageId);
    const joined = turns.some(({ queued, started }) => queued < seq && seq < started);
    expect(own || joined, data.text).toBe(true);
  }
  const mentioned = new Set(mentions.map(({ data }) => data.messageId));
  for (const { trigger, outcome } of turns) {
    expect(mentioned).toContain(trigger);
    expect(outcome).toBe('completed');
  }
  const replies = ofKind(events, 'message.posted').filter(({ data }) => data.author.type === 'bot');
  expect(replies).toHaveLength(turns.length);
}

describe('a replayed log', () => {
  test('is in the room whole, in order, each line by its speaker and to what it answered', async () => {
    const { progress, events } = await replay();
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    const messages = spoken(events);
    const idOf = new Map(lines.map(({ i }, index) => [i, messages[index]?.data.messageId]));
    const told = messages.map(({ data }) => ({
      speaker: data.author.name,
      text: data.text,
      to: data.replyTo,
    }));
    expect(told).toEqual(
      lines.map(({ speaker, text, replyTo }) => {
        const known = replyTo.find((line) => idOf.has(line));
        return { speaker, text, to: known === undefined ? undefined : idOf.get(known) };
      }),
    );
    const people = new Map(messages.map(({ data }) => [data.author.id, data.author.name]));
    expect([...people.values()].toSorted()).toEqual(
      [...new Set(lines.map((line) => line.speaker))].toSorted(),
    );
    expectOnlyMentionsAnswered(events, 'ubottu');
    expect(progress).toEqual({ messages: 150, of: 150, questions: 0, speakers: 25, replies: 1, awaited: 0 });
  });

  test('has the bot asked now and then, and the bot answers those who name it', async () => {
    const { progress, events } = await replay({ botName: 'Kibitz', askEvery: 5, lines: lines.slice(0, 60) });
    expect(progress).toMatchObject({ messages: 60, questions: 12, awaited: 0 });
    expect(progress.replies).toBeGreaterThan(0);
    expect(spoken(events)).toHaveLength(72);
    expect(spoken(events).filter(({ data }) => names('Kibitz').test(data.text))).toHaveLength(12);
    expectOnlyMentionsAnswered(events, 'Kibitz');
  });

  test('stops where it is told to, and says how far it came', async () => {
    const leaving = new AbortController();
    const { progress, events } = await replay({
      signal: leaving.signal,
      onProgress: ({ messages }) => {
        if (messages === 7) leaving.abort();
      },
    });
    expect(progress.messages).toBe(7);
    expect(spoken(events)).toHaveLength(7);
  });
});
