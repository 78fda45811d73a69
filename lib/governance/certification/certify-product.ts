import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  db,
  endWithinYear,
  forbidden,
  newId,
  notFound,
  now,
  precondition,
  sqlState,
  type Tx,
  transact,
} from '@/lib/core';
import type { DecisionProduct } from '../decision';
import { lapse } from './end-certification';
import { obstaclesTo } from './obstacles';
import { certifiable, dayOf, stewardOf, tell } from './place';
import { WARN_MS } from './tell-of-certifications';

const statement = {
  reason: z
    .string()
    .trim()
    .min(10, 'Say in a sentence why it can be relied on')
    .max(1000, 'Use at most 1,000 characters'),
  /** The last day on which it stands, or an instant; within a year. */
  until: z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'Choose a day'),
};
export const CertifyProductInput = z.object({
  productId: z.string().min(1).max(100),
  ...statement,
});
export type CertifyProductInput = z.input<typeof CertifyProductInput>;

/**
 * A steward says that a live product is fit for use, until a day; nobody certifies what they own.
 * @throws AppError not_found | forbidden | invalid | precondition (it is not fit now) | conflict (it is certified)
 */
export async function certifyProduct(
  ctx: Ctx,
  raw: CertifyProductInput,
): Promise<{ certificationId: string }> {
  const input = CertifyProductInput.parse(raw);
  const product = await certifiable(ctx, input.productId);
  const until = await requireFit(ctx, product, input.until);
  return once(async (tx) => {
    const held = await tx.certification.findFirst({
      where: { productId: product.id, endedAt: null },
    });
    if (held && held.until > now()) throw stands(held.until);
    if (held) await lapse(tx, held);
    return give(tx, ctx, product, { ...input, until, renews: null });
  });
}

export const RenewCertificationInput = z.object({
  certificationId: z.string().min(1).max(100),
  ...statement,
});
export type RenewCertificationInput = z.input<typeof RenewCertificationInput>;

/**
 * Puts a new certification in the place of the one that stands.
 * @throws AppError not_found | forbidden | invalid | precondition | conflict (it stands no more)
 */
export async function renewCertification(
  ctx: Ctx,
  raw: RenewCertificationInput,
): Promise<{ certificationId: string }> {
  const input = RenewCertificationInput.parse(raw);
  const held = await db().certification.findUnique({ where: { id: input.certificationId } });
  if (!held) throw notFound('This certification');
  const product = await certifiable(ctx, held.productId);
  const until = await requireFit(ctx, product, input.until);
  return once(async (tx) => {
    const { count } = await tx.certification.updateMany({
      where: { id: held.id, endedAt: null, until: { gt: now() } },
      data: { endedAt: now(), endedBy: 'renewed', enderId: stewardOf(ctx) },
    });
    if (count === 0) throw conflict('This certification stands no more. Certify the product anew.');
    return give(tx, ctx, product, { ...input, until, renews: held.id });
  });
}

const stands = (until: Date) =>
  conflict(
    `The product is certified until ${dayOf(until)} already. Renew it, or withdraw it first.`,
  );

async function once<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await transact(work);
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw conflict('Somebody certified this product at the same moment. Reload the page.');
  }
}

async function requireFit(ctx: Ctx, product: DecisionProduct, until: string): Promise<Date> {
  if (stewardOf(ctx) === product.ownerId) {
    throw forbidden('You own this product. Another steward certifies it.');
  }
  const end = endWithinYear(until);
  const obstacles = await obstaclesTo(product.id);
  if (obstacles.length > 0) {
    throw precondition(`This product cannot be certified now. ${obstacles.join(' ')}`);
  }
  return end;
}

interface Given {
  reason: string;
  until: Date;
  renews: string | null;
}

async function give(tx: Tx, ctx: Ctx, { id: productId, domainId }: DecisionProduct, given: Given) {
  const { reason, until, renews } = given;
  // Whatever takes the product out of production waits for this, and then ends it.
  const [product] = await tx.$queryRaw<{ status: string; version: string }[]>`
    select status, version from product where id = ${productId} for share`;
  if (product?.status !== 'production') throw precondition('The product is not live any more.');
  const row = {
    ...{ id: newId(), productId, version: product.version, reason, until },
    certifiedById: stewardOf(ctx),
    createdAt: now(),
  };
  const isShort = until.getTime() - now().getTime() <= WARN_MS;
  await tx.certification.create({ data: { ...row, ...(isShort && { warnedAt: now() }) } });
  audit(tx, ctx, {
    action: renews ? 'certification.renew' : 'certification.give',
    target: { type: 'certification', id: row.id },
    ...{ productId, domainId },
    detail: {
      reason,
      ...(renews && { renews }),
      ...changed(null, { version: row.version, until: until.toISOString() }),
    },
  });
  await tell(tx, row, {
    kind: 'certification.given',
    level: 'info',
    words: `certified until ${dayOf(until)}`,
    body: reason,
  });
  return { certificationId: row.id };
}
