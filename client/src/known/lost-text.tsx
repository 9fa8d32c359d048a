import type { ReactNode } from 'react';

/** What somebody was writing about something that is gone meanwhile, and what they may do with it. */
export function LostText({ what, text, children }: { what: string; text: string; children: ReactNode }) {
  return (
    <li className="lost-text">
      <p>{what} meanwhile. This is what you had written:</p>
      <blockquote>{text}</blockquote>
      <div className="row">{children}</div>
    </li>
  );
}
