import { KibitzError } from '../../../src/lib/errors.ts';
import type { User } from '../../../src/protocol/session.ts';
import { api } from '../api/api.ts';
import { live, store } from './client.ts';

export function signedIn(user: User): void {
  store.setState({ session: { status: 'in', user } });
  live.connect();
}

/** Finds out who this browser belongs to. Throws when the server cannot be asked. */
export async function findSession(): Promise<void> {
  try {
    signedIn(await api.whoAmI());
  } catch (error) {
    if (!(error instanceof KibitzError) || error.code !== 'unauthenticated') throw error;
    store.setState({ session: { status: 'out' } });
  }
}

export async function signIn(name: string): Promise<void> {
  signedIn(await api.signIn(name));
}

export async function signOut(): Promise<void> {
  await api.signOut();
  live.disconnect();
  store.setState({ session: { status: 'out' }, outbox: [] });
}
