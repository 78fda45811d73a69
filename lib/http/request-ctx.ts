import type { IncomingHttpHeaders } from 'node:http';
import { actorForProbe, actorForSession, actorForToken, isProbeToken } from '@/lib/auth';
import { AppError, type Ctx, forbidden } from '@/lib/core';
import { ownOrigin } from './origin';

interface Asked {
  headers: IncomingHttpHeaders;
  method?: string;
  /** The path with its query, where the request may come from the portal's own probe. */
  address?: string;
  requestId: string;
  ip?: string;
}

const MAX_PURPOSE = 200;
const PURPOSE_COOKIE = /(?:^|;\s*)portolan_purpose=([^;]*)/;

/** What the data is for: the header of programs, or the cookie that the portal's own pages keep for a session. */
function statedPurpose(headers: IncomingHttpHeaders): { purpose?: string } {
  const header = headers['x-portolan-purpose'];
  const text = (Array.isArray(header) ? header[0] : header) ?? decoded(headers.cookie);
  const purpose = text?.trim().slice(0, MAX_PURPOSE);
  return purpose ? { purpose } : {};
}

function decoded(cookie: string | undefined): string | undefined {
  try {
    const found = PURPOSE_COOKIE.exec(cookie ?? '')?.[1];
    return found && decodeURIComponent(found);
  } catch {
    return undefined;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Cross-site request forgery: a browser sends the session cookie along with other sites' requests,
 * so a change by cookie must come from a page of this portal.
 */
function requireSameOrigin(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site'];
  const isOurs = site ? site === 'same-origin' : headers.origin === ownOrigin(headers.host);
  if (!isOurs) {
    throw forbidden(
      'A change by session cookie must come from a page of this portal. Other programs use an API token (Authorization: Bearer …).',
      { reason: 'cross_site' },
    );
  }
}

/**
 * Who is asking: by `Authorization: Bearer <API token>`, else by session cookie, else anonymous.
 * @throws AppError unauthenticated for a token that is unknown, expired or revoked; forbidden for
 * a change by cookie from another site.
 */
export async function ctxFromRequest(asked: Asked): Promise<Ctx> {
  const { headers, requestId, ip } = asked;
  const stated = statedPurpose(headers);
  const [scheme, token] = headers.authorization?.split(' ') ?? [];
  if (headers.authorization !== undefined) {
    if (scheme?.toLowerCase() !== 'bearer' || !token) {
      throw new AppError(
        'unauthenticated',
        'The Authorization header must be: Bearer <API token>.',
      );
    }
    if (isProbeToken(token)) {
      return { ...(await actorForProbe(token, asked)), requestId, via: 'probe', ip };
    }
    return { actor: await actorForToken(token), requestId, via: 'token', ip, ...stated };
  }
  const actor = await actorForSession(headers.cookie);
  if (!actor) return { actor: { type: 'anonymous' }, requestId, via: 'none', ip };
  if (asked.method && !SAFE_METHODS.has(asked.method)) requireSameOrigin(headers);
  return { actor, requestId, via: 'session', ip, ...stated };
}
