import type { IncomingMessage } from 'node:http';
import { env } from '@/lib/core';

/**
 * The origin people reach this portal at: PORTOLAN_URL, or, when that is unset, the address of the
 * request itself over plain HTTP.
 */
export function ownOrigin(host: string | undefined): string {
  const { PORTOLAN_URL, HOST, PORT } = env();
  if (PORTOLAN_URL) return new URL(PORTOLAN_URL).origin;
  return `http://${host ?? `${HOST}:${PORT}`}`;
}

/** Tells pages their own address, so that the sign-in page can lead back to it. */
export const PATH_HEADER = 'x-portolan-path';

/**
 * Next and next-auth read the origin and the caller's address from X-Forwarded-*: they get ours,
 * never what a client claims.
 */
export function forwardOrigin(request: IncomingMessage, ip: string): void {
  const { host, protocol } = new URL(ownOrigin(request.headers.host));
  request.headers['x-forwarded-host'] = host;
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
  request.headers['x-forwarded-for'] = ip;
}
