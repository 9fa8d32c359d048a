import type { RateLimits } from '../commands/rate-limits.ts';
import type { ExecuteRoomCommand } from '../commands/room-commands.ts';
import type { SourceCommands } from '../commands/source-commands.ts';
import type { EventLog } from '../eventlog/event-log.ts';
import type { Library } from '../knowledge/library.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Accounts } from '../people/accounts.ts';
import type { Bots } from '../people/bots.ts';
import type { CreateRoom } from '../people/create-room.ts';
import type { ImportRoom } from '../people/import-room.ts';
import type { Invites } from '../people/invites.ts';
import type { JoinRoom } from '../people/join-room.ts';
import type { OriginPolicy } from '../people/origin-policy.ts';
import type { ServerInfo } from '../protocol/server-info.ts';
import type { Ask } from '../turns/ask/ask.ts';
import type { ServerBudget } from '../usage/budget-limits.ts';
import type { UsageReports } from '../usage/usage-ledger.ts';

/** What the routers work with. */
export type HttpParts = {
  eventLog: EventLog;
  execute: ExecuteRoomCommand;
  sources: SourceCommands;
  library: Library;
  accounts: Accounts;
  invites: Invites;
  bots: Bots;
  createRoom: CreateRoom;
  importRoom: ImportRoom;
  joinRoom: JoinRoom;
  ask: Ask;
  origins: OriginPolicy;
  limits: RateLimits;
  clock: Clock;
  log: Log;
  /** What calls of models took. */
  usage: UsageReports;
  serverBudget: ServerBudget;
  info: ServerInfo;
  /** The origin that links to this server begin with, without a slash at its end. */
  publicUrl: string;
  /** The proxies that are believed where a request comes from. */
  trustedProxies: readonly string[];
  /** Throws when the server cannot serve. */
  checkReady(): Promise<Readonly<Record<string, string>>>;
  metrics(): Promise<{ contentType: string; text: string }>;
};
