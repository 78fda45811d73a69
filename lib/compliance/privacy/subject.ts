import { createHash, randomBytes } from 'node:crypto';
import { keyedDigest, seal, unseal } from '@/lib/core';
import { normalise } from '@/lib/platform';

const SEAL = 'privacy-subject';

/** What is kept of an identifier: a keyed hash that finds it again, and the identifier itself, sealed. */
export async function keepSubject(identifier: string) {
  return {
    subjectDigest: await keyedDigest(normalise(identifier), SEAL),
    sealedSubject: await seal(identifier.trim(), SEAL),
  };
}

export const openSubject = (sealed: Uint8Array): Promise<string> => unseal(sealed, SEAL);

/** The identifier's own hash in a receipt: who knows the identifier can check that it is theirs. */
export function receiptHash(identifier: string): { salt: string; sha256: string } {
  const salt = randomBytes(16).toString('hex');
  return { salt, sha256: saltedHash(salt, identifier) };
}

export const saltedHash = (salt: string, identifier: string): string =>
  createHash('sha256')
    .update(`${salt}:${normalise(identifier)}`)
    .digest('hex');
