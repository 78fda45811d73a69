import { audit } from '@/lib/audit';
import { AppError, type Ctx, db, newId, now, transact } from '@/lib/core';
import { checkPassword } from './password';
import { countAttempt, forgetAttempts } from './throttle';

export interface SignedIn {
  id: string;
  epoch: number;
}

function ctxOf(actor: Ctx['actor'], ip?: string): Ctx {
  return { actor, requestId: newId(), via: 'none', ...(ip && { ip }) };
}

/** Notes in the audit log that the person's session began. */
export async function recordSignIn(userId: string, method: string, ip?: string): Promise<SignedIn> {
  return transact(async (tx) => {
    const user = await tx.user.update({ where: { id: userId }, data: { lastSeenAt: now() } });
    const { id, email, name, sessionEpoch } = user;
    const actor: Ctx['actor'] = {
      type: 'user',
      id,
      email,
      name,
      platformRoles: [],
      memberships: [],
    };
    audit(tx, ctxOf(actor, ip), {
      action: 'session.start',
      target: { type: 'user', id },
      detail: { method, ...(ip && { ip }) },
    });
    return { id, epoch: sessionEpoch };
  });
}

async function recordRefusal(user: { id: string } | null, ip?: string): Promise<void> {
  await transact(async (tx) => {
    audit(tx, ctxOf({ type: 'anonymous' }, ip), {
      action: 'session.refuse',
      ...(user && { target: { type: 'user', id: user.id } }),
      detail: { method: 'password', ...(ip && { ip }) },
    });
  });
}

/**
 * @throws AppError rate_limited; unauthenticated, in the same words and after the same work whether
 * the address is unknown, the password wrong or the person disabled.
 */
export async function signInWithPassword(input: {
  email: string;
  password: string;
  ip?: string;
}): Promise<SignedIn> {
  const email = input.email.trim().toLowerCase().slice(0, 254);
  await countAttempt(email, input.ip);
  const user = await db().user.findUnique({ where: { email } });
  const isRight = await checkPassword(user?.passwordHash ?? null, input.password.slice(0, 1000));
  if (!user || !isRight || user.disabledAt) {
    await recordRefusal(user, input.ip);
    throw new AppError('unauthenticated', 'The e-mail address or the password is not right.');
  }
  await forgetAttempts(email, input.ip);
  return recordSignIn(user.id, 'password', input.ip);
}
