import type { z } from 'zod';
import type { Result } from './result.ts';
import type { RoomCommandArgs, RoomCommandName, RoomCommandResult } from './room-commands.ts';
import type { RoomHistoryResult, roomHistoryArgs } from './room-history.ts';
import type { RoomJoinArgs, RoomJoinResult, roomLeaveArgs, roomSyncArgs, typingArgs } from './room-join.ts';
import type { ServerEvent, ServerEventName } from './server-events.ts';

type Ack<R> = (result: R) => void;

type RoomCommandEvents = {
  [K in RoomCommandName]: (
    args: { roomId: string; commandId?: string } & RoomCommandArgs<K>,
    ack: Ack<RoomCommandResult>,
  ) => void;
};

/** What a client may emit; each takes one object and an ack. */
export type ClientToServerEvents = RoomCommandEvents & {
  'room.join': (args: RoomJoinArgs, ack: Ack<Result<RoomJoinResult>>) => void;
  'room.sync': (args: z.infer<typeof roomSyncArgs>, ack: Ack<Result<RoomJoinResult>>) => void;
  'room.leave': (args: z.infer<typeof roomLeaveArgs>, ack: Ack<Result>) => void;
  'room.history': (args: z.input<typeof roomHistoryArgs>, ack: Ack<Result<RoomHistoryResult>>) => void;
  typing: (args: z.infer<typeof typingArgs>, ack: Ack<Result>) => void;
};

export type ServerToClientEvents = { [K in ServerEventName]: (payload: ServerEvent<K>) => void };
