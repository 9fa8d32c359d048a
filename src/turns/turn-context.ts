import type { Bot } from '../domain/bot.ts';
import type { Addressee, Outcome } from '../domain/event.ts';
import type { RawMarker } from '../domain/markers.ts';
import type { Turn } from '../domain/room-state.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { Lease } from '../eventlog/turn-lock.ts';
import type { Clock } from '../lib/clock.ts';
import type { NewId } from '../lib/ids.ts';
import type { Log } from '../lib/log.ts';
import type { ChatMessage, LanguageModel, StreamPart, Usage } from '../llm/language-model.ts';
import type { FindPassages, Passage } from './find-passages.ts';
import type { LiveText } from './live-text.ts';
import type { TokenBudget } from './prompt.ts';

/** What every turn works with. */
export type TurnParts = {
  eventLog: EventLog;
  model: LanguageModel;
  live: LiveText;
  log: Log;
  newId: NewId;
  clock: Clock;
  budget: TokenBudget;
  /** The model for the small structured calls; unset: the one for replies. */
  classifierModel?: string | undefined;
  findPassages: FindPassages;
  /** A bot's profile as it is now; undefined when it has been deleted. */
  findBot(botId: string): Promise<Bot | undefined>;
};

/** A reply as far as it has come. */
export type Reply = {
  messageId: string;
  text: string;
  /** What it noted for the room, cut out of the text. */
  markers: RawMarker[];
  /** The numbers of the sources it cites. */
  citations: number[];
  /** Another model started it over. */
  fallback?: boolean;
  end?: Extract<StreamPart, { type: 'end' }>;
};

/** What of the library a reply is offered: the passages under their numbers, and how they were found. */
export type Offered = { tier: string; sources: readonly (Passage & { number: number })[] };

/** What passes through the stages of one turn: each adds what the next ones need. */
export type TurnContext = TurnParts & {
  readonly roomId: string;
  readonly turn: Turn;
  readonly lease: Lease;
  /** Aborted when the turn must end: its reason is a `TurnAbort`. */
  readonly signal: AbortSignal;
  /** Writes down what there is of the reply, at once rather than on the next beat. */
  checkpoint(): void;
  addressee?: Addressee;
  bot?: Bot | undefined;
  /** Unset where the room has no library. */
  offered?: Offered;
  prompt?: ChatMessage[];
  /** How freely the bot chooses its words; undefined leaves it to the endpoint. */
  temperature?: number | undefined;
  reply?: Reply;
  /** The message that the bot puts in a word on, when it interjects. */
  interjectionOf?: string;
  /** The last words of this turn that are in the log, and the tokens they took. */
  said?: string;
  spent?: Usage | undefined;
};

/** A stage ends the turn early by returning how, or says that it has `ended` it. */
export type Stage = { name: string; run(context: TurnContext): Promise<Outcome | 'ended' | undefined> };

/**
 * Why a running turn is cut short: somebody stopped it, the message it is about was taken away, the process goes down, or
 * the lease is lost.
 */
export class TurnAbort extends Error {
  readonly why: 'stopped' | 'withdrawn' | 'interrupted' | 'lost';
  constructor(why: TurnAbort['why']) {
    super(`the turn was ${why}`);
    this.why = why;
  }
}
