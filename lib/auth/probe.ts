import {
  AppError,
  now,
  type SystemActor,
  signStatement,
  type UserActor,
  verifyStatement,
} from '@/lib/core';
import { findPerson } from './actors';

const TYPE = 'portolan-probe';
const LIFE_MS = 60_000;
/** The one thing a probe may do: read the first row of one product. */
const PROBED = /^\/api\/v1\/data\/[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}\/rows\.json\?limit=1$/;
const JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export const isProbeToken = (token: string): boolean => JWS.test(token);

export const probeAddress = (domain: string, product: string): string =>
  `/api/v1/data/${domain}/${product}/rows.json?limit=1`;

/** In whose place a probe reads: a person, or a product with that person's rights. */
export interface ProbedAs {
  userId: string;
  readerId?: string | undefined;
}

/**
 * The credential of one probe: signed by the portal's key, for one address, for a minute.
 * @param as without it, the portal reads as itself
 */
export function probeToken(address: string, as?: ProbedAs): Promise<string> {
  return signStatement(TYPE, { address, ...as, expiresAt: now().getTime() + LIFE_MS });
}

const refused = () =>
  new AppError(
    'unauthenticated',
    'This credential is not valid here. A probe reads the one address it was made for, within a minute.',
  );

/**
 * Who probes, when the credential is genuine, fresh, and made for exactly this request: the system, or a person with
 * all that they may.
 * @throws AppError unauthenticated
 */
export async function actorForProbe(
  token: string,
  asked: { method?: string | undefined; address?: string | undefined },
): Promise<{ actor: SystemActor | UserActor; readerId?: string }> {
  const claims = await verifyStatement([TYPE], token).catch(() => null);
  const { address, expiresAt, userId, readerId } = claims ?? {};
  const isGenuine =
    typeof address === 'string' && PROBED.test(address) && address === asked.address;
  const isFresh = typeof expiresAt === 'number' && expiresAt > now().getTime();
  if (!isGenuine || !isFresh || asked.method !== 'GET') throw refused();
  if (typeof userId !== 'string') return { actor: { type: 'system', name: 'probe' } };
  const person = await findPerson(userId);
  if (!person) throw refused();
  return { actor: person.actor, ...(typeof readerId === 'string' && { readerId }) };
}
