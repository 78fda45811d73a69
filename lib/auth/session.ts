import { decode, encode } from 'next-auth/jwt';
import { db, env, type UserActor } from '@/lib/core';
import { findPerson } from './actors';

export const SESSION_MAX_AGE_S = 7 * 24 * 3600;

/** @throws Error when the supervisor did not set it: a guessable secret would let anybody in. */
export function authSecret(): string {
  const { PORTOLAN_AUTH_SECRET } = env();
  if (!PORTOLAN_AUTH_SECRET) {
    throw new Error(
      'PORTOLAN_AUTH_SECRET is not set. npm start sets it; elsewhere give 32 characters.',
    );
  }
  return PORTOLAN_AUTH_SECRET;
}

export function usesHttps(): boolean {
  return env().PORTOLAN_URL?.startsWith('https://') ?? false;
}

/**
 * Cookies belong to a host, not to a port: the port in the name keeps two portals on one machine
 * from signing each other's people out.
 */
export function cookieName(kind: string): string {
  const { PORTOLAN_URL, PORT } = env();
  const port = PORTOLAN_URL ? new URL(PORTOLAN_URL).port || 'default' : String(PORT);
  return `${usesHttps() ? '__Secure-' : ''}portolan-${port}.${kind}`;
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [key, ...value] = part.split('=');
    if (key?.trim() === name) return value.join('=').trim();
  }
  return undefined;
}

/** What the encrypted session cookie holds. */
export interface SessionClaims {
  sub?: string;
  epoch?: number;
}

/** True while the session's person is active and has not signed out everywhere since it began. */
export async function actorForClaims({ sub, epoch }: SessionClaims): Promise<UserActor | null> {
  if (!sub) return null;
  const person = await findPerson(sub);
  return person && person.epoch === epoch ? person.actor : null;
}

/** The person whose session the Cookie header carries; null when it has none or it has ended. */
export async function actorForSession(cookies: string | undefined): Promise<UserActor | null> {
  const token = readCookie(cookies, cookieName('session'));
  if (!token) return null;
  const claims = await decode({ token, secret: authSecret() }).catch(() => null);
  return claims ? actorForClaims(claims as SessionClaims) : null;
}

interface SessionCookie {
  name: string;
  value: string;
  options: { httpOnly: true; sameSite: 'lax'; path: string; secure: boolean; maxAge: number };
}

/** A fresh session of the person, as the cookie to set: after their old ones were ended. */
export async function sessionCookie(userId: string): Promise<SessionCookie> {
  const { sessionEpoch } = await db().user.findUniqueOrThrow({ where: { id: userId } });
  const token = { sub: userId, epoch: sessionEpoch };
  const value = await encode({ token, secret: authSecret(), maxAge: SESSION_MAX_AGE_S });
  const options = {
    httpOnly: true as const,
    sameSite: 'lax' as const,
    path: '/',
    secure: usesHttps(),
    maxAge: SESSION_MAX_AGE_S,
  };
  return { name: cookieName('session'), value, options };
}

/** The same as a Cookie header, for tests and benchmarks that do not go through the form. */
export async function sessionCookieFor(userId: string): Promise<string> {
  const { name, value } = await sessionCookie(userId);
  return `${name}=${value}`;
}
