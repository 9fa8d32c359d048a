import type { Decision } from '../../src/domain/command.ts';
import { type Command, type CommandName, commands, type ResultOf } from '../../src/domain/decide.ts';
import type { Actor, NewEvent, RoomEvent } from '../../src/domain/event.ts';
import { evolve } from '../../src/domain/evolve.ts';
import type { GrantableRole } from '../../src/domain/roles.ts';
import { initialState, type RoomState } from '../../src/domain/room-state.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { type ErrorCode, KibitzError } from '../../src/lib/errors.ts';
import { Shelf } from './shelf.ts';

/** The time of event `seq` in a test room: one second each. */
export function timeOf(seq: number): string {
  return new Date(Date.UTC(2026, 0, 1, 0, 0, seq)).toISOString();
}

/** Events as a log would place them after `seq`. */
export function logged(roomId: string, seq: number, events: readonly NewEvent[]): RoomEvent[] {
  return events.map((event, index) => ({
    ...event,
    roomId,
    seq: seq + index + 1,
    at: timeOf(seq + index + 1),
  }));
}

/** A room in memory: commands in, events folded; what the event log does, without storage. */
export class TestRoom {
  readonly log: RoomEvent[] = [];
  state: RoomState = initialState('room1');
  readonly shelf = new Shelf();
  readonly #prefix: string;
  #ids = 0;

  /** Ids it makes begin with `prefix`. */
  constructor(prefix = 'id') {
    this.#prefix = prefix;
  }

  /** Runs a command with unparsed arguments as a user, or as `actor`. */
  act<K extends CommandName>(
    who: string | Actor,
    name: K,
    args: object,
  ): { result: ResultOf<K>; events: RoomEvent[] } {
    const actor: Actor = typeof who === 'string' ? { type: 'user', id: who } : who;
    const command = { name, args: commands[name].args.parse(args) } as Command;
    const newId = () => `${this.#prefix}${++this.#ids}`;
    const decision = this.shelf.decide(command, this.state, actor, newId) as Decision<ResultOf<K>>;
    return { result: decision.result, events: this.append(decision.events) };
  }

  append(events: readonly NewEvent[]): RoomEvent[] {
    const placed = logged(this.state.room.id, this.state.seq, events);
    for (const event of placed) {
      this.log.push(event);
      this.state = evolve(this.state, event);
      this.shelf.take(event);
    }
    return placed;
  }

  join(who: string, role: GrantableRole, invitedAt = timeOf(this.state.seq)): void {
    this.act(who, 'member.join', { name: who, role, invitedAt });
  }

  post(who: string, text: string, replyTo?: string): { messageId: string; turnId?: string } {
    return this.act(who, 'message.post', { text, ...(replyTo === undefined ? {} : { replyTo }) }).result;
  }

  /** Starts a queued turn and ends it with a reply; the id of the reply. */
  answer(turnId: string, text: string, botId = 'ada'): string {
    this.start(turnId, botId);
    const messageId = `reply${this.state.seq}`;
    const reply = { messageId, author: { type: 'bot' as const, id: botId, name: botId }, text };
    this.act('kibitz', 'turn.finish', { turnId, outcome: 'completed', reply });
    return messageId;
  }

  start(turnId: string, botId: string | null = 'ada'): void {
    const addressee = { botId, by: 'only', confidence: 'high', reason: 'a test says so' };
    this.act('kibitz', 'turn.start', { turnId, addressee });
  }
}

export type RoomPlan = {
  settings?: Partial<Settings>;
  bots?: readonly { botId: string; name: string }[];
  members?: Readonly<Record<string, GrantableRole>>;
};

export const ada = { botId: 'ada', name: 'Ada' };
export const bob = { botId: 'bob', name: 'Bob' };

/** A room of owner `own`, moderator `mod`, participants `pat` and `pia`, spectator `sam` and the bot Ada, unless told otherwise. */
export function testRoom({ settings = {}, bots = [ada], members }: RoomPlan = {}): TestRoom {
  const room = new TestRoom();
  const args = { title: 'A room', template: 'blank', settings, ownerName: 'own', bots };
  room.act('own', 'room.create', args);
  const present = members ?? { mod: 'moderator', pat: 'participant', pia: 'participant', sam: 'spectator' };
  for (const [name, role] of Object.entries(present)) room.join(name, role);
  return room;
}

/** The code a call is refused with; throws what is not a refusal, and when it is not refused. */
export function refusalOf(call: () => unknown): ErrorCode {
  try {
    call();
  } catch (error) {
    if (error instanceof KibitzError) return error.code;
    throw error;
  }
  throw new Error('it was not refused');
}
