import { randomBytes } from 'node:crypto';
import { seal } from '@/lib/core';

export const WEBHOOK_SEAL = 'webhook-secret';

/** A new signing secret (Standard Webhooks): shown once, kept sealed. */
export async function makeSecret() {
  const secret = `whsec_${randomBytes(24).toString('base64')}`;
  return { secret, sealedSecret: await seal(secret, WEBHOOK_SEAL) };
}
