import { setTimeout as pause } from 'node:timers/promises';
import type { LogLine } from './parse-log.ts';
import { questionFor } from './questions.ts';
import { createReplyWatch } from './reply-watch.ts';
import { openRoomSocket, type RoomSocket } from './room-socket.ts';
import { schedule } from './schedule.ts';
import type { Stage } from './stage.ts';

export type Plan = {
  url: string;
  stage: Stage;
  lines: readonly LogLine[];
  /** How many times faster than real time; infinite for as fast as possible. */
  speed: number;
  botName: string;
  /** Messages after which the bot is asked something; 0: never. */
  askEvery: number;
  signal: AbortSignal;
  onProgress(progress: Progress): void;
};

export type Progress = {
  /** Of the log; questions come on top. */
  messages: number;
  of: number;
  questions: number;
  speakers: number;
  replies: number;
  /** Turns that wait or run. */
  awaited: number;
};

/**
 * Plays a log into a room: every speaker in a session and a tab of their own, one message after the other, each when the
 * one before is durable, so that the file's order is everybody's. Ends when the replies have come, or is cut short by
 * `signal`; says how far it came either way.
 */
export async function play(plan: Plan): Promise<Progress> {
  const { url, stage, lines, signal } = plan;
  const watch = createReplyWatch(signal);
  const tabs = new Map<string, RoomSocket>();
  const ids = new Map<number, string>();
  const done = { messages: 0, questions: 0, seq: 0 };
  const owner = await openRoomSocket({ ...stage, url, signal, onEvent: watch.take });

  const progress = (): Progress => ({
    messages: done.messages,
    of: lines.length,
    questions: done.questions,
    speakers: tabs.size,
    replies: watch.replies(),
    awaited: watch.awaited(),
  });

  async function tabOf(speaker: string): Promise<RoomSocket> {
    const known = tabs.get(speaker);
    if (known !== undefined) return known;
    const cookie = await stage.enter(speaker);
    const tab = await openRoomSocket({ url, cookie, roomId: stage.roomId, signal });
    tabs.set(speaker, tab);
    return tab;
  }

  async function post({ i, speaker, text, replyTo }: LogLine): Promise<void> {
    const tab = await tabOf(speaker);
    const known = replyTo.find((line) => ids.has(line));
    const answered = known === undefined ? undefined : ids.get(known);
    const { messageId, seq } = await tab.post({ commandId: `line-${i}`, text, replyTo: answered });
    ids.set(i, messageId);
    done.messages += 1;
    done.seq = seq;
    if (plan.askEvery > 0 && done.messages % plan.askEvery === 0) {
      const question = questionFor(plan.botName, done.questions);
      done.seq = (await tab.post({ commandId: `ask-${i}`, text: question })).seq;
      done.questions += 1;
    }
  }

  try {
    const due = schedule(lines.map(({ at }) => at));
    const startedAt = performance.now();
    for (const [index, line] of lines.entries()) {
      const wait = (due[index] ?? 0) / plan.speed - (performance.now() - startedAt);
      if (wait > 0) await pause(wait, undefined, { signal });
      await post(line);
      plan.onProgress(progress());
    }
    await watch.settled(done.seq);
  } catch (reason) {
    if (!signal.aborted) throw reason;
  } finally {
    for (const tab of [owner, ...tabs.values()]) tab.close();
  }
  return progress();
}
