import { useLiveRoom } from '../room/room-context.ts';
import { Logo } from '../ui/logo.tsx';

/** What stands above the first message: that there is more, or where it all began. */
export function TimelineStart() {
  const older = useLiveRoom((room) => room.older);
  const empty = useLiveRoom((room) => room.timeline.length === 0);
  const bots = useLiveRoom((room) => room.state.bots);
  const title = useLiveRoom((room) => room.state.room.title);
  if (older !== 'none') {
    return (
      <p className="timeline-start" role="status">
        {older === 'loading' ? 'Loading what was said before…' : ''}
      </p>
    );
  }
  if (!empty) return <p className="timeline-start">The beginning of “{title}”</p>;
  const names = bots.map((bot) => bot.name).join(', ');
  return (
    <div className="timeline-empty">
      <Logo />
      <h2>{title}</h2>
      <p>
        {bots.length === 0
          ? 'Nobody has said anything yet. There is no bot here: you are among people.'
          : `Nobody has said anything yet. ${names} will answer.`}
      </p>
    </div>
  );
}
