import { parse as parseCookies, serialize } from 'cookie';
import type { Request, Response } from 'express';
import { KibitzError } from '../lib/errors.ts';
import { type Accounts, type Caller, sessionLifetime } from '../people/accounts.ts';

const cookieName = 'kibitz_session';

/** The secret that a request brings: a token for scripts, or the session's cookie. */
function secretOf(request: Request): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '');
  return bearer?.[1] ?? parseCookies(request.headers.cookie ?? '')[cookieName];
}

export async function findCaller(accounts: Accounts, request: Request): Promise<Caller | undefined> {
  const secret = secretOf(request);
  return secret === undefined ? undefined : accounts.authenticate(secret);
}

export async function requireCaller(accounts: Accounts, request: Request): Promise<Caller> {
  const caller = await findCaller(accounts, request);
  if (caller === undefined) throw notSignedIn();
  return caller;
}

export function notSignedIn(): KibitzError {
  return new KibitzError('unauthenticated', 'You are not signed in. Choose a name to go on.');
}

/** Gives the browser its session; `isSecure` when it reaches us by https. */
export function setSessionCookie(response: Response, secret: string, isSecure: boolean): void {
  const attributes = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' } as const;
  response.append(
    'Set-Cookie',
    serialize(cookieName, secret, { ...attributes, maxAge: sessionLifetime / 1_000 }),
  );
}

export function clearSessionCookie(response: Response, isSecure: boolean): void {
  const attributes = { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' } as const;
  response.append('Set-Cookie', serialize(cookieName, '', { ...attributes, maxAge: 0 }));
}
