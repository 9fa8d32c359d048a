import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RoomListItem } from '../../../src/protocol/rooms.ts';
import { api } from '../api/api.ts';
import { DemoBanner } from '../app/demo-banner.tsx';
import { TopBar } from '../app/top-bar.tsx';
import { Button } from '../ui/button.tsx';
import { useAction } from '../ui/use-action.ts';
import { NewRoomDialog } from './new-room-dialog.tsx';
import { RoomList } from './room-list.tsx';

/** The rooms this person is in. */
export function RoomsPage() {
  const [rooms, setRooms] = useState<RoomListItem[]>();
  const [adding, setAdding] = useState(false);
  const { error, run } = useAction();
  const load = () => run(async () => setRooms(await api.rooms()));
  // biome-ignore lint/correctness/useExhaustiveDependencies: loaded once, and again by the button
  useEffect(() => {
    document.title = 'Kibitz';
    void load();
  }, []);
  return (
    <div className="page">
      <DemoBanner />
      <TopBar />
      <main className="rooms">
        <div className="rooms-head">
          <h1>Rooms</h1>
          {rooms === undefined || rooms.length === 0 ? null : (
            <Button look="primary" onClick={() => setAdding(true)}>
              <Plus aria-hidden="true" /> New room
            </Button>
          )}
        </div>
        {error === undefined ? null : (
          <div className="note note-error" role="alert">
            <p>{error}</p>
            <Button small onClick={() => void load()}>
              Try again
            </Button>
          </div>
        )}
        {rooms === undefined && error === undefined ? (
          <p className="visually-hidden">Loading your rooms</p>
        ) : null}
        {rooms?.length === 0 ? (
          <div className="empty">
            <h2>No rooms yet</h2>
            <p>
              A room is one conversation that lives in every tab. Make one, then send a link to those who
              should take part or watch.
            </p>
            <Button look="primary" onClick={() => setAdding(true)}>
              <Plus aria-hidden="true" /> New room
            </Button>
          </div>
        ) : null}
        {rooms === undefined || rooms.length === 0 ? null : <RoomList rooms={rooms} />}
      </main>
      {adding ? <NewRoomDialog onClose={() => setAdding(false)} /> : null}
    </div>
  );
}
