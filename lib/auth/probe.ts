import { AppError, now, type SystemActor, signStatement, verifyStatement } from '@/lib/core';

const TYPE = 'portolan-probe';
const LIFE_MS = 60_000;
/** The one thing a probe may do: read the first row of one product. */
const PROBED = /^\/api\/v1\/data\/[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}\/rows\.json\?limit=1$/;
const JWS = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export const isProbeToken = (token: string): boolean => JWS.test(token);

export const probeAddress = (domain: string, product: string): string =>
  `/api/v1/data/${domain}/${product}/rows.json?limit=1`;

/** The credential of one probe: signed by the portal's key, for one address, for a minute. */
export function probeToken(address: string): Promise<string> {
  return signStatement(TYPE, { address, expiresAt: now().getTime() + LIFE_MS });
}

const refused = () =>
  new AppError(
    'unauthenticated',
    'This credential is not valid here. A probe reads the one address it was made for, within a minute.',
  );

/**
 * The system's probe, when the credential is genuine, fresh, and made for exactly this request.
 * @throws AppError unauthenticated
 */
export async function actorForProbe(
  token: string,
  asked: { method?: string | undefined; address?: string | undefined },
): Promise<SystemActor> {
  const claims = await verifyStatement([TYPE], token).catch(() => null);
  const { address, expiresAt } = claims ?? {};
  const isGenuine =
    typeof address === 'string' && PROBED.test(address) && address === asked.address;
  const isFresh = typeof expiresAt === 'number' && expiresAt > now().getTime();
  if (!isGenuine || !isFresh || asked.method !== 'GET') throw refused();
  return { type: 'system', name: 'probe' };
}
