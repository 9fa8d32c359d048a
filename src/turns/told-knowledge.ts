import type { RoomState, TimelineMessage } from '../domain/room-state.ts';
import { within } from './told-recollection.ts';

const shares = { facts: 1 / 6, tasks: 1 / 10 } as const;

const markers = [
  'Besides your text you may note things for the room, in markers that people do not see:',
  '- `[PROMOTE]{"text": "…", "summary": "…"}[/PROMOTE]` for a fact that the conversation has established: one sentence in the past tense, with what it rests on in three to seven words as the summary. Add `"status": "suspected"`, `"confirmed"` or `"ruled_out"`.',
  '- `[QUESTION]{"text": "…"}[/QUESTION]` for a question that somebody here must answer before you can go on.',
  '- `[CHECK]{"text": "…"}[/CHECK]` for something somebody should run or look at, and tell what it gave.',
  'To word an open question or check anew, give its `"id"`. Do not note what is noted already, guesses as confirmed, small talk, or what somebody only quotes; most replies need no marker. Never put markers into code or quotations, and never speak of them.',
].join('\n');

/**
 * What a room knows and wants to know, for the prompt of a bot that speaks at the end of a timeline: what follows from that, and
 * from nothing that comes after it or is being written anew.
 */
export function toldKnowledge(
  { room, facts, tasks }: Pick<RoomState, 'room' | 'facts' | 'tasks'>,
  timeline: readonly TimelineMessage[],
  soft: number,
): string[] {
  if (!room.settings.facts) return [];
  const begin = timeline[0]?.seq ?? 0;
  const heard = new Set(timeline.map(({ messageId }) => messageId));
  const holds = ({ cause, place }: { cause?: string | undefined; place: number }) =>
    cause === undefined || place < begin || heard.has(cause);
  const known = within(
    soft * shares.facts,
    facts
      .filter(holds)
      .toReversed()
      .map(({ factId, text, status, summary }) => `- [${factId}] ${text} (${words[status]}; ${summary})`),
  ).reverse();
  const open = within(
    soft * shares.tasks,
    tasks
      .filter((task) => task.status === 'open' && holds(task))
      .toReversed()
      .map(({ taskId, kind, text }) => `- [${taskId}] ${kind}: ${text}`),
  ).reverse();
  return [
    ...(known.length === 0 ? [] : [`What is known here, oldest first:\n${known.join('\n')}`]),
    ...(open.length === 0 ? [] : [`Open questions and checks:\n${open.join('\n')}`]),
    markers,
  ];
}

const words = { suspected: 'suspected', confirmed: 'confirmed', ruled_out: 'ruled out' } as const;
