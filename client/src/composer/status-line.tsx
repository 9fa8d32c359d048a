import { Square } from 'lucide-react';
import { atLeast } from '../../../src/domain/roles.ts';
import { live, useApp } from '../app/client.ts';
import { useLiveRoom, useRoomTools } from '../room/room-context.ts';
import { type LiveRoom, roleOf } from '../store/room-view.ts';
import { botName, draftOf, runningTurn } from '../store/selectors.ts';
import { saidBy } from '../store/written.ts';
import { Button } from '../ui/button.tsx';
import { tellError } from '../ui/toasts.tsx';

function typingWords(room: LiveRoom): string {
  const names = [...room.typing]
    .filter(([userId]) => userId !== room.you.userId)
    .map(([, typist]) => typist.name);
  const [first, second] = names;
  if (first === undefined) return '';
  if (second === undefined) return `${first} is typing`;
  return names.length === 2
    ? `${first} and ${second} are typing`
    : `${first} and ${names.length - 1} others are typing`;
}

function turnWords(room: LiveRoom): string {
  const turn = runningTurn(room);
  if (turn === undefined) return '';
  const waiting = room.state.turns.length - 1;
  const queue = waiting === 0 ? '' : `, ${waiting} waiting`;
  if ('refresh' in turn.trigger) return `The brief is brought up to date${queue}`;
  if (turn.addressee.botId === null) return '';
  const draft = draftOf(room, turn.turnId);
  if (draft === undefined && saidBy(room, turn.turnId) !== undefined) {
    return `The others may put in a word${queue}`;
  }
  const name = botName(room, draft?.botId ?? turn.addressee.botId);
  return `${name} is ${draft === undefined ? 'thinking' : 'writing'}${queue}`;
}

/** What goes on right now: who types, who answers, and how to stop it. */
export function StatusLine() {
  const { roomId } = useRoomTools();
  const typing = useLiveRoom(typingWords);
  const writing = useLiveRoom(turnWords);
  const turnId = useLiveRoom((room) => runningTurn(room)?.turnId);
  const mayStop = useLiveRoom((room) => atLeast(roleOf(room), 'participant'));
  const online = useApp((state) => state.link === 'online');
  // Without a connection nobody here knows who writes.
  if (!online) return <div className="status-line" />;
  const stop = () => {
    if (turnId === undefined) return;
    live
      .command(roomId, 'turn.stop', { turnId })
      .catch((error: unknown) => tellError('It could not be stopped', error));
  };
  return (
    <div className="status-line">
      <p>{[writing, typing].filter((words) => words !== '').join(' · ')}</p>
      {turnId !== undefined && mayStop ? (
        <Button small onClick={stop}>
          <Square aria-hidden="true" className="stop-icon" /> Stop
        </Button>
      ) : null}
    </div>
  );
}
