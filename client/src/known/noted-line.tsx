import { NotebookPen } from 'lucide-react';
import { useShallow } from 'zustand/react/shallow';
import { useLiveRoom } from '../room/room-context.ts';
import { notedBy } from '../store/known.ts';
import { KnownLink } from './known-link.tsx';

/** What a message gave rise to; it leads there. */
export function NotedLine({ messageId }: { messageId: string }) {
  const noted = useLiveRoom(useShallow((room) => notedBy(room, messageId)));
  if (noted === undefined) return null;
  return (
    <KnownLink to={noted.at} className="noted">
      <NotebookPen aria-hidden="true" />
      <span>{noted.words}</span>
    </KnownLink>
  );
}
