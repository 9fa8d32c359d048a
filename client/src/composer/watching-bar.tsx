import { Eye } from 'lucide-react';

export function WatchingBar() {
  return (
    <p className="watching" tabIndex={-1}>
      <Eye aria-hidden="true" />
      <span>
        <strong>You are watching.</strong> To take part, ask somebody in the room for a participant link.
      </span>
    </p>
  );
}
