import { createHash, randomBytes } from 'node:crypto';

export const TOKEN_PREFIX = 'ptl_';
const SHOWN_CHARACTERS = 10;

/** What is stored: the secret has 256 random bits, so a plain SHA-256 of it cannot be searched. */
export function hashToken(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** What makes an address, or a single answer, known to its holder alone. */
export const newLinkSecret = (): string => randomBytes(32).toString('base64url');

export function newTokenSecret(): { secret: string; prefix: string; tokenHash: string } {
  const secret = `${TOKEN_PREFIX}${newLinkSecret()}`;
  return { secret, prefix: secret.slice(0, SHOWN_CHARACTERS), tokenHash: hashToken(secret) };
}
