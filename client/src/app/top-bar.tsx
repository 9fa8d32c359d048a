import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Logo } from '../ui/logo.tsx';
import { tellError } from '../ui/toasts.tsx';
import { useApp } from './client.ts';
import { Link, navigate } from './router.tsx';
import { signOut } from './session.ts';
import { ThemeToggle } from './theme-toggle.tsx';

/** The bar of the pages outside a room. */
export function TopBar({ children }: { children?: ReactNode }) {
  const session = useApp((state) => state.session);
  return (
    <header className="top-bar">
      <Link href="/" className="wordmark">
        <Logo />
        Kibitz
      </Link>
      {children}
      <div className="top-bar-end">
        <ThemeToggle />
        {session.status === 'in' ? (
          <>
            <span className="top-bar-user">
              <Avatar id={session.user.id} name={session.user.name} small />
              <span className="top-bar-name">{session.user.name}</span>
            </span>
            <IconButton
              label="Log out"
              onClick={() =>
                void signOut().then(
                  () => navigate('/'),
                  (error: unknown) => tellError('You are still logged in', error),
                )
              }
            >
              <LogOut />
            </IconButton>
          </>
        ) : null}
      </div>
    </header>
  );
}
