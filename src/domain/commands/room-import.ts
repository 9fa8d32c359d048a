import { z } from 'zod';
import { KibitzError } from '../../lib/errors.ts';
import type { NewId } from '../../lib/ids.ts';
import {
  type CarriedLibrary,
  carriedLibrarySchema,
  carriedNumbering,
  carriedOffer,
  carriedSources,
} from '../carried-library.ts';
import { defineCommand } from '../command.ts';
import { causeOf, memoryIdFor, type NewConsequence, newConsequenceSchema } from '../consequence.ts';
import { type Actor, type MessageData, type NewEvent, originSchema } from '../event.ts';
import { followUps } from '../follow-ups.ts';
import { type Known, knownEvents, knownSchema } from '../known-events.ts';
import { limits } from '../limits.ts';
import { openingEvents, openingSchema } from '../opening.ts';
import type { Standing } from '../relationships.ts';
import { initialState } from '../room-state.ts';
import { type Scene, sceneSchema } from '../scene.ts';
import { sceneChange } from '../scene-change.ts';
import {
  shownOf,
  type TranscriptMessage,
  type TranscriptVersion,
  transcriptMessageSchema,
} from '../transcript.ts';

/**
 * Opens a room's log with a conversation that was had elsewhere: each message, its other versions by what replaced what,
 * and the scenes between them.
 */
export const roomImport = defineCommand({
  args: openingSchema.extend({
    origin: originSchema.optional(),
    scenes: z.array(sceneSchema).default([]),
    /** The scene that is open at the end. */
    scene: z.string().optional(),
    messages: z.array(transcriptMessageSchema).max(limits.importMessages),
    /** What follows from messages; only from those among them that are shown. */
    consequences: z.array(newConsequenceSchema).default([]),
    known: knownSchema.optional(),
    /** Of a fork: the library that goes along. Without one, messages lose what they cite. */
    library: carriedLibrarySchema.optional(),
  }),
  decide(
    { origin, messages, scenes, scene: last, consequences, known: knownThere, library, ...opening },
    state,
    { actor, newId },
  ) {
    if (state.seq > 0) throw new KibitzError('conflict', 'This room exists already.');
    const count = messages.reduce((sum, { versions }) => sum + versions.length, 0);
    if (count > limits.importVersions) {
      throw new KibitzError(
        'too_large',
        `An import holds at most ${limits.importVersions} versions of messages.`,
      );
    }
    const known = new Map(scenes.map((scene) => [scene.sceneId, { ...scene, sceneId: newId() }]));
    const renamed = renaming(messages, known, library, newId, tasksIn(knownThere));
    const events = openingEvents(actor, opening, {
      ...(origin === undefined ? {} : { origin }),
      ...(library === undefined ? {} : { numbering: carriedNumbering(library) }),
    });
    if (library !== undefined) events.push(...carriedSources(actor, library));
    let scene: Scene | null = null;
    const comeTo = (sceneId: string | undefined) => {
      const next = known.get(sceneId ?? '') ?? null;
      events.push(...sceneChange({ scene }, next, actor));
      scene = next;
    };
    const places = new Map<string, Standing>();
    for (const message of messages) {
      comeTo(shownOf(message).scene);
      const seq = events.length + 1;
      events.push(...written(actor, message, seq, renamed));
      const [first, shown] = [message.versions[0] ?? shownOf(message), shownOf(message)];
      places.set(shown.messageId, { seq, slot: renamed(first).message.messageId });
    }
    comeTo(last);
    const shown = renamedIds(messages.map(shownOf), renamed);
    const ids = renamedIds(
      messages.flatMap(({ versions }) => versions),
      renamed,
    );
    events.push(...followed(consequences, places, shown));
    if (knownThere !== undefined) events.push(...knownEvents(actor, knownThere, shown, ids));
    return { events, result: {} };
  },
});

type Renamed = (version: TranscriptVersion) => { message: MessageData; cause?: string };

/** Questions and checks keep their ids: a message may reply to one. */
const tasksIn = (known: Known | undefined) => known?.tasks.map(({ taskId }) => taskId) ?? [];

/** Every version gets a new id; what refers to one that is not among them, or to an unknown scene, loses that. */
function renaming(
  messages: readonly TranscriptMessage[],
  scenes: ReadonlyMap<string, Scene>,
  library: CarriedLibrary | undefined,
  newId: NewId,
  taskIds: readonly string[],
): Renamed {
  const ids = new Map(messages.flatMap(({ versions }) => versions.map((version) => [version, newId()])));
  const known = new Map([...ids].map(([{ messageId }, id]) => [messageId, id]));
  for (const taskId of taskIds) known.set(taskId, taskId);
  const refer = <K extends string>(key: K, id: string | undefined) => {
    const renamed = id === undefined ? undefined : known.get(id);
    return (renamed === undefined ? {} : { [key]: renamed }) as { [key in K]?: string };
  };
  return (version) => {
    const { author, text, replyTo, interjectionOf, truncated, model, fallback, addressee, cause } = version;
    const { sources, citations } = version;
    const scene = scenes.get(version.scene ?? '')?.sceneId;
    const message = {
      messageId: ids.get(version) ?? newId(),
      author,
      text,
      ...refer('replyTo', replyTo),
      ...refer('interjectionOf', interjectionOf),
      ...(truncated === undefined ? {} : { truncated }),
      ...(model === undefined ? {} : { model }),
      ...(fallback === undefined ? {} : { fallback }),
      ...(addressee === undefined ? {} : { addressee }),
      ...(scene === undefined ? {} : { scene }),
      ...(library === undefined || sources === undefined
        ? {}
        : { sources: carriedOffer(library, sources), citations: citations ?? [] }),
    };
    return { message, ...refer('cause', cause) };
  };
}

/** The new ids of versions, by the old ones. */
function renamedIds(versions: readonly TranscriptVersion[], renamed: Renamed): Map<string, string> {
  return new Map(versions.map((version) => [version.messageId, renamed(version).message.messageId]));
}

/** What follows from the messages shown, under their new ids. `places` are by the old ones. */
function followed(
  consequences: readonly NewConsequence[],
  places: ReadonlyMap<string, Standing>,
  ids: ReadonlyMap<string, string>,
): NewEvent[] {
  const added = consequences.flatMap((one): NewConsequence[] => {
    const cause = ids.get(causeOf(one));
    if (cause === undefined) return [];
    switch (one.kind) {
      case 'edge':
        return [{ kind: 'edge', change: { ...one.change, cause } }];
      case 'memory': {
        const memoryId = memoryIdFor(cause, one.memory.witnessId);
        return [{ kind: 'memory', memory: { ...one.memory, memoryId, cause } }];
      }
      default:
        return [{ ...one, cause }];
    }
  });
  const nowhere = new Set<string>();
  const standing = new Map([...places].map(([old, place]) => [ids.get(old) ?? '', place]));
  return followUps(
    initialState(''),
    [],
    { leaving: nowhere, returning: nowhere, added },
    { moved: [], staying: [], places: standing },
  );
}

/** One place of the timeline: its versions one after the other, and at last the one that is shown. */
function written(
  actor: Actor,
  { versions, current }: TranscriptMessage,
  seq: number,
  renamed: Renamed,
): NewEvent[] {
  const told = versions.map((version, index) => {
    const { message, cause } = renamed(version);
    const { author, at, edited, origin } = version;
    return {
      envelope: { actor, ...(cause === undefined ? {} : { cause }) },
      message: author.type === 'bot' ? { ...message, version: index + 1 } : message,
      place: { ...(at === undefined ? {} : { at }), ...(edited === undefined ? {} : { edited }) },
      origin: origin === undefined ? {} : { origin },
    };
  });
  const events = told.map(({ envelope, message, place, origin }, index): NewEvent => {
    const before = told[index - 1];
    if (before === undefined) {
      const data = { ...message, place: { seq, ...place }, ...origin };
      return { kind: 'message.posted', ...envelope, data };
    }
    const data = { supersedes: before.message.messageId, message: { ...message, place, ...origin } };
    return { kind: 'message.replaced', ...envelope, data: { ...data, reason: 'regenerate' } };
  });
  const [shown, last] = [told[current], told.at(-1)];
  if (shown === undefined || last === undefined || shown === last) return events;
  const data = {
    supersedes: last.message.messageId,
    message: { ...shown.message, place: shown.place },
    reason: 'select' as const,
  };
  return [...events, { kind: 'message.replaced', ...shown.envelope, data }];
}
