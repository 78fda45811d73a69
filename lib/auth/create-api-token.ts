import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  forbidden,
  hasScope,
  newId,
  now,
  precondition,
  TOKEN_SCOPES,
  transact,
} from '@/lib/core';
import { requireUser } from './require-session';
import { newTokenSecret } from './token-secret';

const MAX_TOKEN_DAYS = 365;
const MAX_LIVE_TOKENS = 100;
const DAY_MS = 86_400_000;

export const CreateApiTokenInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Name it after what will use it.')
    .max(80, 'Use at most 80 characters.'),
  scopes: z
    .array(z.enum(TOKEN_SCOPES))
    .min(1, 'Choose what the token may do.')
    .transform((scopes) => [...new Set(scopes)]),
  expiresInDays: z.coerce
    .number()
    .int('Use whole days.')
    .min(1, 'Use at least one day.')
    .max(MAX_TOKEN_DAYS, `Use at most ${MAX_TOKEN_DAYS} days.`),
});
export type CreateApiTokenInput = z.input<typeof CreateApiTokenInput>;

interface CreatedToken {
  id: string;
  /** Only here and now: the database keeps its hash. */
  token: string;
  expiresAt: Date;
}

/** A token acts as the person who made it, limited to its scopes. */
export async function createApiToken(ctx: Ctx, raw: CreateApiTokenInput): Promise<CreatedToken> {
  const { name, scopes, expiresInDays } = CreateApiTokenInput.parse(raw);
  const actor = requireUser(ctx);
  if (!hasScope(actor, 'admin')) {
    throw forbidden('Only a token with the scope admin may create others. Sign in to the portal.');
  }
  const { secret, prefix, tokenHash } = newTokenSecret();
  const id = newId();
  const expiresAt = new Date(now().getTime() + expiresInDays * DAY_MS);
  await transact(async (tx) => {
    const live = await tx.apiToken.count({
      where: { userId: actor.id, revokedAt: null, expiresAt: { gt: now() } },
    });
    if (live >= MAX_LIVE_TOKENS) {
      throw precondition(
        `You have ${live} API tokens. Revoke those that are no longer used first.`,
      );
    }
    await tx.apiToken.create({
      data: { id, userId: actor.id, name, prefix, tokenHash, scopes, expiresAt },
    });
    const detail = { name, ...changed(null, { scopes, expiresAt }) };
    audit(tx, ctx, { action: 'token.create', target: { type: 'token', id }, detail });
  });
  return { id, token: secret, expiresAt };
}
