import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueueCheck,
  invalid,
  notFound,
  notify,
  now,
  Prisma,
  transact,
} from '@/lib/core';
import { grantTermsSchema } from '@/lib/specs';
import { noteGrant } from '../history';
import { refuseOwn, requireDecider } from '../requests/deputies';
import { nextReview } from './grant-access';
import { checkedTerms } from './terms';

const grantId = z.string().min(1).max(100);

export const ChangeGrantInput = z.object({
  grantId,
  /** Columns, masks and rows from now on; null opens all of them; left out they stay. */
  terms: grantTermsSchema.nullable().optional(),
  /** The grant's last moment from now on; left out it stays. */
  expiresAt: z
    .union([
      z.date(),
      z.iso.datetime({ offset: true, error: 'Use a time such as 2026-12-31T23:59:59Z' }),
    ])
    .transform((value) => new Date(value))
    .optional(),
  note: z.string().trim().max(1000).default(''),
});
export type ChangeGrantInput = z.input<typeof ChangeGrantInput>;

/**
 * Narrows a grant in force, or opens it wider: the next read in every process is by the new terms.
 * @throws AppError forbidden | not_found | conflict (it is over) | invalid
 */
export async function changeGrant(ctx: Ctx, raw: ChangeGrantInput): Promise<void> {
  const input = ChangeGrantInput.parse(raw);
  await transact(async (tx) => {
    const grant = await tx.grant.findUnique({
      where: { id: input.grantId },
      include: { product: true },
    });
    if (!grant) throw notFound('This grant');
    const { product } = grant;
    await requireDecider(ctx, product);
    refuseOwn(ctx, grant.subjectId);
    if (input.expiresAt && input.expiresAt <= now()) {
      throw invalid('The end lies in the past. Revoke the grant instead.', {
        expiresAt: 'Choose a time to come',
      });
    }
    const terms =
      input.terms === undefined ? grant.terms : await checkedTerms(product.descriptor, input.terms);
    const expiresAt = input.expiresAt ?? grant.expiresAt;
    const { count } = await tx.grant.updateMany({
      where: {
        ...{ id: grant.id, revokedAt: null },
        OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
      },
      data: { terms: (terms ?? Prisma.DbNull) as object, expiresAt },
    });
    if (count === 0) throw conflict('This grant is over. Reload the page.');
    await noteGrant(tx, ctx, { ...grant, terms, expiresAt }, 'changed', input.note);
    const place = { productId: product.id, domainId: product.domainId };
    audit(tx, ctx, {
      action: 'access.change',
      target: { type: 'grant', id: grant.id },
      ...place,
      detail: {
        note: input.note,
        ...changed({ terms: grant.terms, expiresAt: grant.expiresAt }, { terms, expiresAt }),
      },
    });
    await raiseAlert(tx, {
      kind: 'access.changed',
      level: 'warning',
      title: `Your grant for ${product.title} was changed`,
      body: input.note,
      href: '/my-data',
      to: { userIds: [grant.subjectId] },
      ...place,
    });
    await notify(tx, 'portolan_access', product.id);
    await enqueueCheck(tx, product.id);
  });
}

export const ReviewGrantInput = z.object({ grantId });
export type ReviewGrantInput = z.input<typeof ReviewGrantInput>;

/** The owner says that a grant is still right; it is asked again half a year later. */
export async function reviewGrant(ctx: Ctx, raw: ReviewGrantInput): Promise<void> {
  const input = ReviewGrantInput.parse(raw);
  await transact(async (tx) => {
    const grant = await tx.grant.findUnique({
      where: { id: input.grantId },
      include: { product: true },
    });
    if (!grant) throw notFound('This grant');
    await requireDecider(ctx, grant.product);
    refuseOwn(ctx, grant.subjectId);
    const { count } = await tx.grant.updateMany({
      where: { id: grant.id, revokedAt: null },
      data: { reviewAt: nextReview() },
    });
    if (count === 0) throw conflict('This grant is over. Reload the page.');
    await noteGrant(tx, ctx, grant, 'reviewed');
    audit(tx, ctx, {
      action: 'access.review',
      target: { type: 'grant', id: grant.id },
      productId: grant.productId,
      domainId: grant.product.domainId,
      detail: {},
    });
  });
}
