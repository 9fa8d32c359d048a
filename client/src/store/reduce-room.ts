import type { Token } from '../../../src/protocol/server-events.ts';
import { caughtUp, withOlder } from './catch-up.ts';
import { heldTokensMax, withTokens } from './drafts.ts';
import { withEvent } from './fold-event.ts';
import { type Arrival, type LiveRoom, measured, type RoomView } from './room-view.ts';
import { isOver } from './written.ts';

/** A room after one more arrival. Pure: what has to be asked for is said by `behind`. */
export function reduceRoom(room: RoomView, arrival: Arrival): RoomView {
  if (room.status === 'over') return room;
  if (arrival.type === 'over') return { status: 'over', roomId: room.roomId, why: arrival.why };
  if (arrival.type === 'joined') {
    const live = caughtUp(room, arrival.result);
    if (live === undefined) return room;
    const early = room.status === 'joining' ? room.early : [];
    return early.reduce<RoomView>(reduceRoom, live);
  }
  if (room.status === 'joining') return { ...room, early: [...room.early, arrival] };
  return measured(reduceLive(room, arrival));
}

function reduceLive(room: LiveRoom, arrival: Exclude<Arrival, { type: 'joined' | 'over' }>): LiveRoom {
  switch (arrival.type) {
    case 'event':
      return withEvent(room, arrival.event);
    case 'token': {
      if (isOver(room, arrival.token)) return room;
      const tokens = [...room.heldTokens, arrival.token];
      // Text of a turn that is not open came before it, or long after it: it waits, and may wait for ever.
      const isOpen = ({ turnId }: Token) => room.state.turns.some((turn) => turn.turnId === turnId);
      const { drafts, held } = withTokens(room.drafts, tokens.filter(isOpen));
      const early = tokens.filter((token) => !isOpen(token));
      return { ...room, drafts, heldTokens: [...early, ...held].slice(-heldTokensMax) };
    }
    case 'sources': {
      const { offer } = arrival;
      if (isOver(room, offer)) return room;
      const others = room.offers.filter(({ messageId }) => messageId !== offer.messageId);
      return { ...room, offers: [...others, offer] };
    }
    case 'head': {
      const { seq, epoch } = arrival.head;
      const known = room.heard.epoch === epoch ? Math.max(room.heard.seq, seq) : seq;
      return { ...room, heard: { seq: known, epoch } };
    }
    case 'presence':
      return { ...room, presence: arrival.presence };
    case 'stage':
      return { ...room, stages: new Map(room.stages).set(arrival.turnId, arrival.stage) };
    case 'typing': {
      const { userId, name, until } = arrival;
      return { ...room, typing: new Map(room.typing).set(userId, { name, until }) };
    }
    case 'typing.expire': {
      const typing = new Map([...room.typing].filter(([, typist]) => typist.until > arrival.now));
      return typing.size === room.typing.size ? room : { ...room, typing };
    }
    case 'history.asked':
      return { ...room, older: 'loading', touched: [] };
    case 'history':
      return withOlder(room, arrival.result);
    case 'history.failed':
      return { ...room, older: 'maybe', touched: [] };
  }
}
