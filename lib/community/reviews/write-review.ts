import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, forbidden, newId, now, type Tx, transact } from '@/lib/core';
import { textOf } from '@/lib/specs';
import { requirePace } from '../pace';
import { auditOf, isConsumer, type Place, placeOf, tell, writer } from '../place';
import { excerpt } from '../text';
import { rateProduct } from './rate-product';

export const WriteReviewInput = z.object({
  productId: z.string().min(1).max(100),
  stars: z.int('Choose one to five stars').min(1).max(5, 'Choose one to five stars'),
  text: textOf(4000, 0, '').default(''),
  /** The revision that is edited; 0 for the first wording. */
  rev: z.int().min(0).default(0),
});
export type WriteReviewInput = z.input<typeof WriteReviewInput>;
type Parsed = z.output<typeof WriteReviewInput>;

/**
 * What a consumer thinks of a product: one a person. Writing again edits it, and a withdrawn one stands again; every
 * wording is kept. @throws AppError not_found | forbidden (no consumer) | conflict | rate_limited
 */
export async function writeReview(
  ctx: Ctx,
  raw: WriteReviewInput,
): Promise<{ reviewId: string; rev: number }> {
  const author = writer(ctx);
  const input = WriteReviewInput.parse(raw);
  const place = await placeOf(ctx, input.productId);
  return transact(async (tx) => {
    await requirePace(tx, author.id);
    if (!(await isConsumer(ctx, place, tx))) {
      throw forbidden(
        'Only consumers review a product: people with a grant who have read its rows at least once. Ask for access and read it first.',
      );
    }
    const of = { productId_authorId: { productId: place.id, authorId: author.id } };
    const before = await tx.review.findUnique({ where: of });
    const found = before ? await edit(tx, before, input) : await create(tx, author.id, input);
    await keep(tx, author.id, found, input);
    await rateProduct(tx, place.id);
    audit(tx, ctx, {
      action: before ? 'review.edit' : 'review.write',
      target: { type: 'review', id: found.reviewId },
      ...auditOf(place),
      detail: changed(before && { stars: before.stars }, { stars: input.stars }),
    });
    if (!before) await tellOwner(tx, place, found.reviewId, input);
    return found;
  });
}

async function create(tx: Tx, authorId: string, { productId, stars, text, rev }: Parsed) {
  if (rev !== 0) throw conflict('Your review was changed meanwhile. Look at it, then edit again.');
  const reviewId = newId();
  await tx.review.create({
    data: { id: reviewId, productId, authorId, stars, text, createdAt: now() },
  });
  return { reviewId, rev: 1 };
}

async function edit(tx: Tx, before: { id: string }, { stars, text, rev }: Parsed) {
  const { count } = await tx.review.updateMany({
    where: { id: before.id, rev, hiddenAt: null },
    data: { stars, text, rev: rev + 1, editedAt: now(), withdrawnAt: null },
  });
  if (count > 0) return { reviewId: before.id, rev: rev + 1 };
  const { hiddenAt } = await tx.review.findUniqueOrThrow({ where: { id: before.id } });
  throw conflict(
    hiddenAt
      ? 'A steward has hidden your review, so it cannot be edited. Ask them to let it stand first.'
      : 'Your review was changed meanwhile. Look at it, then edit again.',
  );
}

async function keep(
  tx: Tx,
  authorId: string,
  { reviewId, rev }: { reviewId: string; rev: number },
  { stars, text }: Parsed,
): Promise<void> {
  await tx.reviewVersion.create({ data: { reviewId, rev, authorId, stars, text, at: now() } });
}

async function tellOwner(tx: Tx, place: Place, reviewId: string, { stars, text }: Parsed) {
  await tell(tx, place, [place.ownerId], {
    kind: 'review.written',
    level: 'info',
    title: `${place.title} got a review: ${stars} of 5 stars`,
    body: excerpt(text),
    dedupeKey: `review.written:${reviewId}`,
  });
}
