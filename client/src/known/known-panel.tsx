import { BriefPart } from '../brief/brief-part.tsx';
import { FactsPart } from '../facts/facts-part.tsx';
import { useLiveRoom } from '../room/room-context.ts';
import { holdsKnown } from '../store/known.ts';
import { openTasks } from '../store/tasks.ts';
import { TasksPart } from '../tasks/tasks-part.tsx';
import { PanelHead } from '../ui/panel-head.tsx';
import { NoteButtons } from './note-buttons.tsx';

/** What is known in the room, what is still to be found out, and the brief on it. */
export function KnownPanel() {
  const facts = useLiveRoom((room) => room.state.facts.length);
  const tasks = useLiveRoom((room) => openTasks(room.state.tasks).length);
  const holds = useLiveRoom((room) => holdsKnown(room.state));
  return (
    <div className="known">
      <PanelHead title="What we know" />
      <div className="known-bar">
        <nav className="known-jumps" aria-label="Parts of what we know">
          <Jump to="known-facts" label="Facts" count={facts} />
          <Jump to="known-tasks" label="Open" count={tasks} />
          <Jump to="known-brief" label="Brief" />
        </nav>
        {holds ? <NoteButtons /> : null}
      </div>
      <FactsPart />
      <TasksPart />
      <BriefPart />
    </div>
  );
}

function Jump({ to, label, count }: { to: string; label: string; count?: number }) {
  const jump = () => {
    const heading = document.getElementById(to);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <button type="button" onClick={jump}>
      {label}
      {count === undefined || count === 0 ? null : <span className="known-count">{count}</span>}
    </button>
  );
}
