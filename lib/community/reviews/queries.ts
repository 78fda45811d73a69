import { type Ctx, can, db } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { CommunityPage, type Paged, paged, pageOf } from '../page';
import { isConsumer, type Place, placeOf, represents } from '../place';

export interface ReviewRow {
  id: string;
  author: string;
  isMine: boolean;
  stars: number;
  text: string;
  rev: number;
  createdAt: string;
  editedAt: string | null;
  isHidden: boolean;
  isWithdrawn: boolean;
  reply: { text: string; by: string; at: string } | null;
  /** Wordings before this one, newest first. */
  earlier: { stars: number; text: string; at: string }[];
}
export interface ProductReviews extends Paged<ReviewRow> {
  rating: { count: number; average: number } | null;
  /** How many reviews gave one star, two, … five. */
  spread: number[];
  /** The viewer's own, wherever it stands in the list. */
  mine: ReviewRow | null;
  mayReview: boolean;
  mayAnswer: boolean;
}

const MAX_EARLIER = 20;
const include = {
  author: { select: { name: true } },
  replier: { select: { name: true } },
  versions: { orderBy: { rev: 'desc' }, take: MAX_EARLIER + 1 },
} as const;

async function find(where: object, { orderBy, take }: { orderBy: object; take: number }) {
  return db().review.findMany({ where, orderBy, take, include });
}
type Found = Awaited<ReturnType<typeof find>>[number];

/** A product's reviews, newest first, for everybody who may find it. What is hidden is for its author and stewards. */
export async function productReviews(
  ctx: Ctx,
  productId: string,
  raw: CommunityPage = {},
): Promise<ProductReviews> {
  requireSignedIn(ctx, ['catalog:read']);
  const { after } = CommunityPage.parse(raw);
  const place = await placeOf(ctx, productId);
  const myId = ctx.actor.type === 'user' ? ctx.actor.id : '';
  const shown = {
    productId: place.id,
    withdrawnAt: null,
    ...(!can(ctx, 'community.moderate') && { OR: [{ hiddenAt: null }, { authorId: myId }] }),
  };
  const { where, ...page } = pageOf(after);
  const [rows, own, rating, spread, mayReview] = await Promise.all([
    find({ ...shown, ...where }, page),
    find({ productId: place.id, authorId: myId }, { orderBy: { id: 'desc' }, take: 1 }),
    ratingOf(place),
    spreadOf(place.id),
    isConsumer(ctx, place),
  ]);
  const toRow = (row: Found) => rowOf(row, myId);
  const mine = own[0];
  return {
    ...paged(rows, toRow),
    ...{ rating, spread, mayReview, mayAnswer: represents(ctx, place) },
    mine: mine ? toRow(mine) : null,
  };
}

const ratingOf = ({ id }: Place) =>
  db().productRating.findUnique({
    where: { productId: id },
    select: { count: true, average: true },
  });

async function spreadOf(productId: string): Promise<number[]> {
  const rows = await db().review.groupBy({
    by: ['stars'],
    where: { productId, withdrawnAt: null, hiddenAt: null },
    _count: true,
  });
  return [1, 2, 3, 4, 5].map((stars) => rows.find((row) => row.stars === stars)?._count ?? 0);
}

function rowOf(row: Found, myId: string): ReviewRow {
  return {
    ...{ id: row.id, author: row.author.name, isMine: row.authorId === myId },
    ...{ stars: row.stars, text: row.text, rev: row.rev },
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    isHidden: row.hiddenAt !== null,
    isWithdrawn: row.withdrawnAt !== null,
    reply: row.repliedAt && {
      ...{ text: row.reply, by: row.replier?.name ?? 'The owner' },
      at: row.repliedAt.toISOString(),
    },
    earlier: row.versions
      .filter(({ rev }) => rev < row.rev)
      .map(({ stars, text, at }) => ({ stars, text, at: at.toISOString() })),
  };
}
