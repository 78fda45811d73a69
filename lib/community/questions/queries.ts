import { type Ctx, can, db } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { CommunityPage, type Paged, paged, pageOf } from '../page';
import { isConsumer, placeOf, represents } from '../place';

export interface AnswerRow {
  id: string;
  author: string;
  text: string;
  isFromOwner: boolean;
  isAccepted: boolean;
  isHidden: boolean;
  isMine: boolean;
  at: string;
}
export interface QuestionRow {
  id: string;
  author: string;
  isMine: boolean;
  text: string;
  state: 'open' | 'answered' | 'closed';
  isHidden: boolean;
  at: string;
  /** The accepted one first, then in order; the first hundred. */
  answers: AnswerRow[];
}
export interface ProductQuestions extends Paged<QuestionRow> {
  mayAnswer: boolean;
  /** Answers, closes and opens in the product's name. */
  mayRepresent: boolean;
}

const MAX_ANSWERS = 100;

const find = (where: object, answers: object, { orderBy, take }: ReturnType<typeof pageOf>) =>
  db().question.findMany({
    ...{ where, orderBy, take },
    include: {
      author: { select: { name: true } },
      answers: {
        where: answers,
        orderBy: { createdAt: 'asc' },
        take: MAX_ANSWERS,
        include: { author: { select: { name: true } } },
      },
    },
  });
type Found = Awaited<ReturnType<typeof find>>[number];

/** What was asked about a product, newest first, for everybody who may find it. */
export async function productQuestions(
  ctx: Ctx,
  productId: string,
  raw: CommunityPage = {},
): Promise<ProductQuestions> {
  requireSignedIn(ctx, ['catalog:read']);
  const { after } = CommunityPage.parse(raw);
  const place = await placeOf(ctx, productId);
  const myId = ctx.actor.type === 'user' ? ctx.actor.id : '';
  const shown = can(ctx, 'community.moderate')
    ? {}
    : { OR: [{ hiddenAt: null }, { authorId: myId }] };
  const page = pageOf(after);
  const [rows, isOne] = await Promise.all([
    find({ productId: place.id, ...shown, ...page.where }, shown, page),
    isConsumer(ctx, place),
  ]);
  const mayRepresent = represents(ctx, place);
  return {
    ...paged(rows, (row) => rowOf(row, myId)),
    ...{ mayRepresent, mayAnswer: mayRepresent || isOne },
  };
}

function rowOf(row: Found, myId: string): QuestionRow {
  const { acceptedId } = row;
  const answers = row.answers.map(
    ({ id, author, authorId, text, isFromOwner, hiddenAt, createdAt }): AnswerRow => ({
      ...{ id, text, isFromOwner, author: author.name, isMine: authorId === myId },
      ...{ isAccepted: id === acceptedId, isHidden: hiddenAt !== null },
      at: createdAt.toISOString(),
    }),
  );
  const isAnswered = answers.some((one) => one.isFromOwner || one.isAccepted);
  return {
    ...{ id: row.id, author: row.author.name, isMine: row.authorId === myId, text: row.text },
    state: row.closedAt ? 'closed' : isAnswered ? 'answered' : 'open',
    isHidden: row.hiddenAt !== null,
    at: row.createdAt.toISOString(),
    answers: answers.sort((a, b) => Number(b.isAccepted) - Number(a.isAccepted)),
  };
}
