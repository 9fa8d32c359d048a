import { Download } from 'lucide-react';
import { api } from '../api/api.ts';
import { useRoomTools } from '../room/room-context.ts';
import { CopyButton } from '../ui/copy-button.tsx';

/** Takes what is known along, as a note in markdown. */
export function NoteButtons() {
  const { roomId } = useRoomTools();
  return (
    <div className="known-note">
      <CopyButton label="Copy the note" text={() => api.note(roomId)} />
      <a
        className="icon-button"
        href={api.noteAddress(roomId)}
        download
        aria-label="Download the note"
        title="Download the note"
      >
        <Download />
      </a>
    </div>
  );
}
