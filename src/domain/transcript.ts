import { z } from 'zod';
import { collectConsequences } from './collect-consequences.ts';
import type { NewConsequence } from './consequence.ts';
import { isKnown, type LoggedEvent, type MessageData, messageSchema, originSchema } from './event.ts';
import type { JsonObject } from './json.ts';
import type { Known } from './known-events.ts';
import { KnownLog } from './known-log.ts';
import { limits } from './limits.ts';
import type { Scene } from './scene.ts';

/** One text of a message, with what it follows from and what a file it came from said beside it. */
export const transcriptVersionSchema = messageSchema.extend({
  at: z.string().optional(),
  edited: z.boolean().optional(),
  cause: z.string().optional(),
  origin: originSchema.optional(),
});
export type TranscriptVersion = z.infer<typeof transcriptVersionSchema>;

/** A place of the timeline with all that was ever shown in it, oldest first; `current` is the index of what is shown. */
export const transcriptMessageSchema = z.object({
  versions: z.array(transcriptVersionSchema).min(1).max(limits.importVersions),
  current: z.int().nonnegative(),
});
export type TranscriptMessage = z.infer<typeof transcriptMessageSchema>;

type Slot = {
  place: number;
  /** Counts what was put on the timeline: those that share a place stand in this order. */
  order: number;
  isGone: boolean;
  current: string;
  versions: Map<string, TranscriptVersion>;
};

/**
 * The timeline with every version, for exports and forks: the room's state keeps the latest versions only, and not in the order in
 * which they were made. Events come in order; gaps do not matter.
 */
export class Transcript {
  readonly #slots = new Map<string, Slot>();
  readonly #scenes = new Map<string, Scene>();
  readonly #consequences = new Map<string, NewConsequence>();
  readonly #sources = new Map<string, number>();
  readonly #known = new KnownLog();
  #count = 0;
  #scene: string | undefined;
  #origin: JsonObject | undefined;

  take(event: LoggedEvent): void {
    if (!isKnown(event)) return;
    collectConsequences(this.#consequences, event);
    this.#known.take(event);
    const { cause } = event;
    switch (event.kind) {
      case 'room.created':
        this.#origin = event.data.origin;
        return;
      case 'scene.opened': {
        const { reason: _reason, ...scene } = event.data;
        this.#scenes.set(scene.sceneId, scene);
        this.#scene = scene.sceneId;
        return;
      }
      case 'source.added':
        this.#sources.set(event.data.sourceId, event.seq);
        return;
      case 'scene.closed':
        if (this.#scene === event.data.sceneId) this.#scene = undefined;
        return;
      case 'message.posted': {
        const { place, ...message } = event.data;
        this.#post(place?.seq ?? event.seq, { at: place?.at ?? event.at, cause, ...message });
        return;
      }
      case 'message.edited': {
        const { messageId, text } = event.data;
        const versions = this.#slots.get(messageId)?.versions;
        const old = versions?.get(messageId);
        if (old !== undefined) versions?.set(messageId, { ...old, text, at: event.at, edited: true });
        return;
      }
      case 'message.replaced': {
        const { place, ...message } = event.data.message;
        const slot = this.#slots.get(event.data.supersedes);
        if (slot !== undefined) this.#show(slot, { at: place?.at ?? event.at, cause, ...message });
        return;
      }
      case 'message.removed': {
        const slot = this.#slots.get(event.data.supersedes);
        if (slot !== undefined) slot.isGone = true;
      }
    }
  }

  /** What the file said beside its messages that the room was imported from. */
  get origin(): JsonObject | undefined {
    return this.#origin;
  }

  /** Every scene there was. */
  get scenes(): Scene[] {
    return [...this.#scenes.values()];
  }

  /** The scene that is open. */
  get scene(): string | undefined {
    return this.#scene;
  }

  /** What follows from the messages that stand. */
  get consequences(): NewConsequence[] {
    return [...this.#consequences.values()];
  }

  /** The sources that ever came in, by the event with which they last did. */
  get sources(): ReadonlyMap<string, number> {
    return this.#sources;
  }

  /** What is known and asked at the end. */
  get known(): Known {
    return this.#known.known;
  }

  /** How many facts and tasks that is. */
  get knownSize(): number {
    return this.#known.size;
  }

  /** What stands on the timeline, in its order. */
  messages(): TranscriptMessage[] {
    return [...new Set(this.#slots.values())]
      .filter(({ isGone }) => !isGone)
      .toSorted((a, b) => a.place - b.place || a.order - b.order)
      .map(({ versions, current }) => ({
        versions: [...versions.values()],
        current: [...versions.keys()].indexOf(current),
      }));
  }

  #post(place: number, message: Shown): void {
    const slot = this.#slots.get(message.messageId) ?? { versions: new Map(), current: '' };
    this.#count += 1;
    this.#show(Object.assign(slot, { place, order: this.#count, isGone: false }), message);
  }

  #show(slot: Slot, { at, cause, ...message }: Shown): void {
    const old = slot.versions.get(message.messageId);
    const version = { ...message, at, ...(cause === undefined ? {} : { cause }) };
    // What is shown again is told without its origin.
    const origin = message.origin ?? old?.origin;
    slot.versions.set(message.messageId, origin === undefined ? version : { ...version, origin });
    slot.current = message.messageId;
    this.#slots.set(message.messageId, slot);
  }
}

type Shown = MessageData & Pick<TranscriptVersion, 'origin'> & { at: string; cause: string | undefined };

/** The version that is shown. */
export function shownOf({ versions, current }: TranscriptMessage): TranscriptVersion {
  const version = versions[current] ?? versions[0];
  if (version === undefined) throw new Error('a message has at least one version');
  return version;
}
