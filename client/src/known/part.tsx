import type { ReactNode } from 'react';

type Props = { id: string; title: string; about?: ReactNode; children: ReactNode };

/** A part of what is known, under its heading. */
export function Part({ id, title, about, children }: Props) {
  return (
    <section className="part" aria-labelledby={id}>
      <header className="part-head">
        <h3 id={id} tabIndex={-1}>
          {title}
        </h3>
        {about}
      </header>
      {children}
    </section>
  );
}
