import type { LoggedEvent } from '../../../src/domain/event.ts';
import type { RoomState } from '../../../src/domain/room-state.ts';
import type { WireError } from '../../../src/protocol/result.ts';
import type { RoomCommandName, RoomCommandResult } from '../../../src/protocol/room-commands.ts';
import type { Draft } from '../../../src/protocol/room-join.ts';
import type { Snapshot } from '../../../src/protocol/snapshot.ts';

/** Everything that was seen of a deployment from outside: what the invariants are judged on. Times are milliseconds. */
export type History = {
  commands: Command[];
  tabs: Tab[];
  /** The logs as they were read in the end, once by each process; each reading is of one room. */
  logs: LogReading[];
  processes: ProcessRecord[];
};

/** A command that somebody gave, with every time it was sent. */
export type Command = {
  client: string;
  userId: string;
  roomId: string;
  commandId: string;
  name: RoomCommandName;
  args: Record<string, unknown>;
  attempts: Attempt[];
};

export type Attempt = { url: string; invokedAt: number; endedAt: number; outcome: AttemptOutcome };

export type CommandSuccess = Extract<RoomCommandResult, { ok: true }>;

/** `unknown`: no answer came, so that it may or may not have had its effect. */
export type AttemptOutcome =
  | { type: 'ok'; result: CommandSuccess }
  | { type: 'failed'; error: WireError }
  | { type: 'unknown'; why: string };

/** What one tab, or reader of server-sent events, of one room got and showed, in order. */
export type Tab = {
  name: string;
  userId: string;
  roomId: string;
  readings: Reading[];
  /** What it shows in the end, when everything is quiet. Unset for a tab that was closed before. */
  final?: { state: RoomState; drafts: Draft[] };
};

export type Reading =
  /** The room as the server told it: shown at once, in place of what was shown. */
  | { type: 'snapshot'; epoch: string; head: number; snapshot: Snapshot }
  /** An event that came, in whatever order. */
  | { type: 'event'; epoch: string; event: LoggedEvent }
  /** The event of this number is shown now. */
  | { type: 'shown'; epoch: string; seq: number }
  /** A piece of live text that came. */
  | { type: 'live'; turnId: string; messageId: string; gen: number; offset: number; text: string }
  /** A message of the log took the place of this live text. */
  | { type: 'settled'; messageId: string; gen: number; text: string };

export type LogReading = { by: string; roomId: string; epoch: string; events: LoggedEvent[] };

export type ProcessRecord = {
  url: string;
  /** Whether it is meant to be up in the end. */
  isMeantToBeUp: boolean;
  samples: { at: number; isReady: boolean; residentBytes?: number }[];
};

export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6';

/** One way in which a history breaks an invariant: a plain sentence, and what shows it. */
export type Violation = { invariant: Invariant; sentence: string; evidence: unknown };

/** How many things were looked at, and what was wrong with them. */
export type Findings = { checked: number; violations: Violation[] };
