import type { Steps } from '../db/steps.ts';
import type { Decision, LeftMessage } from '../domain/command.ts';
import { type Command, decide, reachOf } from '../domain/decide.ts';
import type { Actor, NewEvent, RoomEvent } from '../domain/event.ts';
import { followUps, movesOf, withFollowUps } from '../domain/follow-ups.ts';
import { limits } from '../domain/limits.ts';
import { findMessage, type RoomState, type TimelineMessage } from '../domain/room-state.ts';
import type { Clock } from '../lib/clock.ts';
import { KibitzError } from '../lib/errors.ts';
import type { NewId } from '../lib/ids.ts';
import type { Append, AppendOutcome } from './append.ts';
import { type CommandKey, type CommandResults, digestOf, type SentCommand } from './command-results.ts';
import type { ConsequenceIndex } from './consequence-index.ts';
import type { OpenRoom } from './open-room.ts';
import type { EventReader } from './read-events.ts';
import type { Reached, TimelineIndex } from './timeline-index.ts';

export type CommandRequest = {
  roomId: string;
  command: Command;
  actor: Actor;
  /** Makes the command safe to send again. */
  commandId?: string | undefined;
  /** The command as it was sent, where the server has added to it: by this it is known when it is sent again. */
  sent?: SentCommand | undefined;
  /** In a turn: the epoch of the lease under which it writes. */
  turnEpoch?: number | undefined;
  /** More that must be written with the command's events or not at all. */
  alongside?: (() => Steps<void>) | undefined;
};

type Sender = Pick<CommandRequest, 'roomId' | 'actor' | 'commandId'>;

/** What a command says to its caller; `seq` is its last event, absent when it wrote none. */
export type CommandResult = { seq?: number } & Readonly<Record<string, unknown>>;

/** Tries after which a room is given up as too busy; each lost one means that somebody else's append went through. */
const maxTries = 20;

type Deps = {
  open(roomId: string): Promise<OpenRoom>;
  append: Append;
  reader: EventReader;
  results: CommandResults;
  timeline: TimelineIndex;
  consequences: Pick<ConsequenceIndex, 'aftermath'>;
  clock: Clock;
  newId: NewId;
  onAppended(room: OpenRoom): void;
};

/**
 * The one way a room is written: decide on the newest state, append, and decide again when the head moved in between.
 * Resolved means durable. Throws the refusal otherwise.
 */
export function createCommandHandler(deps: Deps) {
  return {
    async handle(request: CommandRequest): Promise<CommandResult> {
      const key = keyOf(request, request.sent ?? request.command);
      for (let tries = 0; tries < maxTries; tries += 1) {
        const result = await attempt(request, key);
        if (result !== undefined) return result;
      }
      throw new KibitzError('unavailable', 'This room is very busy. Try again in a moment.');
    },

    /** Keeps what a pending command came to in the end, so that it is told again to who asks again. */
    complete: (request: CommandRequest, result: CommandResult) =>
      remember(keyOf(request, request.command), result),

    /** What a command came to when it was sent before, for those that need to look something up first. */
    async firstResult(request: Sender, sent: SentCommand): Promise<CommandResult | undefined> {
      const key = keyOf(request, sent);
      return key && ((await deps.results.find(key)) as CommandResult | undefined);
    },
  };

  /** Undefined: the state was not the newest, or the command had its effect elsewhere; look again. */
  async function attempt(
    request: CommandRequest,
    key: CommandKey | undefined,
  ): Promise<CommandResult | undefined> {
    const room = await deps.open(request.roomId);
    const decided = await decideFor(room, request, key);
    if (decided === undefined) return undefined;
    if ('writing' in decided) return settle(room, decided, key);
    // A command that has had its effect may well be refused the second time.
    const first = key && (await deps.results.find(key));
    if (first !== undefined) return first as CommandResult;
    if (!(await isNewest(room, decided.seq))) return undefined;
    if (decided.decision instanceof KibitzError) throw decided.decision;
    const result = { ...decided.decision.result };
    return decided.decision.isPending === true ? result : await remember(key, result);
  }

  /** Decides, and begins the append of what was decided: on that very state, since nothing comes in between. */
  async function decideFor(
    room: OpenRoom,
    request: CommandRequest,
    key: CommandKey | undefined,
  ): Promise<Decided | undefined> {
    while (room.busy !== undefined) await room.busy.catch(() => {});
    const reach = reachOf(request.command, room.tentative);
    if (reach === undefined)
      return write(room, request, key, room.tentative, decideOn(room.tentative, request, []));
    return room.alone(async () => {
      const before = room.tentative;
      const newReach = reachOf(request.command, before);
      const reached = newReach === undefined ? nothing : await deps.timeline.reach(room.roomId, newReach);
      const state = withOlder(before, reached.standing);
      const decision = decideOn(state, request, reached.left);
      const whole =
        decision instanceof KibitzError ? decision : await followed(state, decision, reached.left);
      // Another process wrote meanwhile.
      if (room.tentative !== before) return undefined;
      return write(room, request, key, before, whole);
    });
  }

  /** A decision with what becomes of what follows from the messages it moves. */
  async function followed(
    state: RoomState,
    decision: Decision,
    left: readonly LeftMessage[],
  ): Promise<Decision | KibitzError> {
    const moves = movesOf(state, decision, left);
    if (moves === undefined) return decision;
    const aftermath = await deps.consequences.aftermath(state.room.id, moves);
    const follows = followUps(state, decision.events, moves, aftermath);
    const events = withFollowUps(decision.events, follows);
    return events.length > limits.appended
      ? new KibitzError('unprocessable', 'Too much would change at once. Go back in smaller steps.')
      : { ...decision, events };
  }

  function decideOn(
    state: RoomState,
    { command, actor }: CommandRequest,
    left: readonly LeftMessage[],
  ): Decision | KibitzError {
    try {
      return decide(command, state, { actor, newId: deps.newId, left });
    } catch (refusal) {
      if (refusal instanceof KibitzError) return refusal;
      throw refusal;
    }
  }

  function write(
    room: OpenRoom,
    request: CommandRequest,
    key: CommandKey | undefined,
    { seq }: RoomState,
    decision: Decision | KibitzError,
  ): Decided {
    if (decision instanceof KibitzError || decision.events.length === 0) return { decision, seq };
    const events = stamped(decision.events, room.roomId, seq);
    const result: CommandResult = { ...decision.result, seq: seq + events.length };
    const mark = deps.newId();
    const writing = room.append(events, mark, (after) =>
      deps.append({
        roomId: room.roomId,
        events,
        expectedHead: seq,
        mark,
        after,
        turnEpoch: request.turnEpoch,
        command: key && { key, result },
        alongside: request.alongside,
      }),
    );
    return { writing, result };
  }

  async function settle(
    room: OpenRoom,
    { writing, result }: Writing,
    key: CommandKey | undefined,
  ): Promise<CommandResult | undefined> {
    const outcome = await writing;
    if (outcome === 'appended') {
      deps.onAppended(room);
      return result;
    }
    if (outcome === 'fenced') throw new KibitzError('conflict', 'Another process has taken this turn over.');
    if (outcome === 'moved') await room.catchUp();
    // Also asked when the head moved: of many retries at once the first alone learns that it is one, and those behind it
    // would use up their tries.
    return key && ((await deps.results.find(key)) as CommandResult | undefined);
  }

  /** Keeps the result of a command that wrote nothing, for those who send it again; the first one if there is one. */
  async function remember(key: CommandKey | undefined, result: CommandResult): Promise<CommandResult> {
    if (key === undefined || (await deps.results.keep(key, result))) return result;
    return ((await deps.results.find(key)) ?? result) as CommandResult;
  }

  /** Whether a decision that wrote nothing was made on the newest durable state, so that it can be told. */
  async function isNewest(room: OpenRoom, seq: number): Promise<boolean> {
    await room.settled();
    const stored = await deps.reader.headOf(room.roomId);
    const head = stored?.head ?? 0;
    if (head > room.committed.seq) await room.catchUp();
    return head === seq;
  }

  function stamped(events: readonly NewEvent[], roomId: string, head: number): RoomEvent[] {
    const at = deps.clock.now().toISOString();
    return events.map((event, index) => ({ ...event, roomId, seq: head + index + 1, at }));
  }
}

export type CommandHandler = ReturnType<typeof createCommandHandler>;

type Writing = { writing: Promise<AppendOutcome>; result: CommandResult };
/** What was decided: an append that is under way, or a refusal or nothing to write, decided at `seq`. */
type Decided = Writing | { decision: Decision | KibitzError; seq: number };

const nothing: Reached = { standing: [], left: [] };

/** The state with standing messages that its window does not hold, in their order. */
function withOlder(state: RoomState, standing: readonly TimelineMessage[]): RoomState {
  const older = standing.filter(({ messageId }) => findMessage(state, messageId) === undefined);
  if (older.length === 0) return state;
  return { ...state, messages: [...older, ...state.messages].toSorted((a, b) => a.seq - b.seq) };
}

function keyOf({ roomId, actor, commandId }: Sender, sent: SentCommand): CommandKey | undefined {
  if (commandId === undefined) return undefined;
  return { roomId, actorId: actor.id, commandId, digest: digestOf(sent) };
}
