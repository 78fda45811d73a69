import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, db, notFound, type Tx, transact } from '@/lib/core';
import { ALERT_KINDS } from '../alert';
import { readUnsubscribeToken, type Unsubscriber } from './token';

const Token = z.string().min(1).max(2000);

export interface UnsubscribeChoices {
  /** What the message was of; null for a digest. */
  kind: string | null;
  /** The product that it was about. */
  product: string | null;
  /** The message was figures that the person subscribed to. */
  isFigures: boolean;
}

/** What somebody who holds a message may switch off. @throws AppError invalid | not_found */
export async function unsubscribeChoices(_ctx: Ctx, token: string): Promise<UnsubscribeChoices> {
  const { kind, productId, digestId, userId } = await readUnsubscribeToken(Token.parse(token));
  if ((await db().user.count({ where: { id: userId } })) === 0) throw notFound('This account');
  const product = productId
    ? await db().product.findUnique({ where: { id: productId }, select: { title: true } })
    : null;
  return {
    kind: digestId ? 'these figures' : kind && ALERT_KINDS[kind],
    product: product?.title ?? null,
    isFigures: digestId !== null,
  };
}

export const UnsubscribeInput = z.object({
  token: Token,
  /** Mail of this kind (figures: this subscription), all mail, or whatever is told about the product, in the inbox too. */
  what: z.enum(['kind', 'product', 'all']).default('kind'),
});
export type UnsubscribeInput = z.input<typeof UnsubscribeInput>;

/**
 * Stops messages, for whoever holds one: its signed link is the proof, nobody has to be signed in.
 * @throws AppError invalid when the link was not made here
 */
export async function unsubscribe(ctx: Ctx, raw: UnsubscribeInput): Promise<void> {
  const { token, what } = UnsubscribeInput.parse(raw);
  const from = await readUnsubscribeToken(token);
  await transact(async (tx) => {
    if ((await tx.user.count({ where: { id: from.userId } })) === 0) throw notFound('This account');
    await stop(tx, from, what);
    audit(tx, ctx, {
      action: 'alert.unsubscribe',
      target: { type: 'user', id: from.userId },
      detail: { what, kind: from.kind, product: from.productId, digest: from.digestId },
    });
  });
}

async function stop(
  tx: Tx,
  { userId, kind, productId, digestId }: Unsubscriber,
  what: 'kind' | 'product' | 'all',
): Promise<void> {
  if (what === 'product' && productId) {
    await tx.productFollow.upsert({
      where: { productId_userId: { productId, userId } },
      create: { productId, userId, isFollowing: false },
      update: { isFollowing: false },
    });
    return;
  }
  if (what === 'all' || digestId) {
    const one = what === 'all' ? {} : { id: digestId! };
    await tx.insightDigest.deleteMany({ where: { userId, ...one } });
    if (what !== 'all') return;
  }
  const isAll = what === 'all' || kind === null;
  // A word on one kind would outweigh the word on all.
  if (isAll) await tx.alertPreference.deleteMany({ where: { userId } });
  const of = isAll ? '*' : kind;
  await tx.alertPreference.upsert({
    where: { userId_kind: { userId, kind: of } },
    create: { userId, kind: of, email: false },
    update: { email: false },
  });
  await tx.alertDelivery.deleteMany({
    where: { userId, status: 'held', ...(!isAll && { kind: of }) },
  });
}
