import type { ReactNode } from 'react';
import { navigate } from '../app/router.tsx';

type Props = {
  /** `known`, or the id of something in the panel. */
  to: string;
  className?: string;
  children: ReactNode;
};

/** Leads to what is known, and to one thing among it. */
export function KnownLink({ to, className, children }: Props) {
  const address = `#${to}`;
  const follow = () => {
    // Where the address names it already, going there again would lead nowhere.
    if (location.hash === address) navigate(location.pathname, 'replace');
  };
  return (
    <a href={address} className={className} onClick={follow}>
      {children}
    </a>
  );
}
