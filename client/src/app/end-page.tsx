import type { ReactNode } from 'react';
import { Link } from './router.tsx';
import { TopBar } from './top-bar.tsx';

/** Where a way ends: what happened, in plain words, and where to go from here. */
export function EndPage({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <div className="page">
      <TopBar />
      <main className="page-middle">
        <h1>{title}</h1>
        <p className="lead">{text}</p>
        <div className="row">
          {children}
          <Link href="/" className="button button-primary">
            To my rooms
          </Link>
        </div>
      </main>
    </div>
  );
}
