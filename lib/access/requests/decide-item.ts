import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, notFound, now, Prisma, type Tx, transact } from '@/lib/core';
import { grantTermsSchema } from '@/lib/specs';
import { checkedTerms } from '../grants/terms';
import { noteItem } from '../history';
import { MAX_DAYS, requirePerson } from './asking';
import { deputiesOf, refuseOwn, requireDecider } from './deputies';
import { enqueueGrant } from './request-access';

const itemId = z.string().min(1).max(100);
const words = z.string().trim().max(1000, 'Use at most 1,000 characters');
const said = words.min(3, 'Say it in at least three letters');

export const DecideItemInput = z.discriminatedUnion('decision', [
  z.object({
    ...{ decision: z.literal('approve'), itemId, note: words.default('') },
    /** Columns, masks and rows; without it all of them. */
    terms: grantTermsSchema.nullish(),
    /** Fewer days than were asked for. */
    days: z.int().min(1).max(MAX_DAYS).optional(),
  }),
  z.object({ decision: z.literal('ask'), itemId, note: said }),
  z.object({ decision: z.literal('refuse'), itemId, note: said }),
]);
export type DecideItemInput = z.input<typeof DecideItemInput>;

const NEXT = {
  approve: { status: 'granting', kind: 'approved', told: 'approved your request for' },
  ask: { status: 'question', kind: 'question', told: 'asks about your request for' },
  refuse: { status: 'refused', kind: 'refused', told: 'refused your request for' },
} as const;
const WAITING = ['open', 'question'];
const STATUS_WORDS: Record<string, string> = { granting: 'approved', active: 'approved' };

/**
 * The owner's decision on one line: an approval is not a grant yet, a workflow makes it and checks it.
 * @throws AppError forbidden | not_found | conflict (decided meanwhile) | invalid (the terms)
 */
export async function decideItem(ctx: Ctx, raw: DecideItemInput): Promise<void> {
  const input = DecideItemInput.parse(raw);
  await transact(async (tx) => {
    const item = await loadItem(tx, input.itemId);
    const { product, request } = item;
    await requireDecider(ctx, product);
    refuseOwn(ctx, request.requesterId);
    const { status, kind, told } = NEXT[input.decision];
    const { terms, days } = await approvedOf(item, input);
    await move(tx, item, status, {
      ...{ days, terms: terms ?? Prisma.DbNull, decidedAt: now() },
      decidedById: ctx.actor.type === 'user' ? ctx.actor.id : 'system',
    });
    await noteItem(tx, ctx, item.id, kind, input.note);
    audit(tx, ctx, {
      action: `access.${input.decision}`,
      target: { type: 'access_request_item', id: item.id },
      ...placeOf(item),
      detail: { note: input.note, requester: request.requester.email, days, terms },
    });
    if (input.decision === 'approve') return enqueueGrant(tx, item.id);
    await raiseAlert(tx, {
      kind: input.decision === 'ask' ? 'access.question' : 'access.refused',
      level: input.decision === 'ask' ? 'info' : 'warning',
      title: `${actorName(ctx)} ${told} ${product.title}`,
      body: input.note,
      href: `/access/requests/${item.id}`,
      to: { userIds: [request.requesterId] },
      ...placeOf(item),
    });
  });
}

/** Never more days than were asked for. */
async function approvedOf({ product, request }: Item, input: z.output<typeof DecideItemInput>) {
  if (input.decision !== 'approve') return { terms: null, days: null };
  return {
    terms: await checkedTerms(product.descriptor, input.terms),
    days: Math.min(input.days ?? request.days, request.days),
  };
}

export const AnswerItemInput = z.object({ itemId, note: said });
export type AnswerItemInput = z.input<typeof AnswerItemInput>;

/** The requester's answer to a question, or a word that they add. @throws AppError not_found | conflict */
export async function answerItem(ctx: Ctx, raw: AnswerItemInput): Promise<void> {
  const input = AnswerItemInput.parse(raw);
  await transact(async (tx) => {
    const item = await ownItem(tx, ctx, input.itemId);
    await move(tx, item, 'open', {});
    await noteItem(tx, ctx, item.id, 'answer', input.note);
    audit(tx, ctx, {
      action: 'access.answer',
      target: { type: 'access_request_item', id: item.id },
      ...placeOf(item),
      detail: { note: input.note },
    });
    const { ownerId, title } = item.product;
    await raiseAlert(tx, {
      kind: 'access.requested',
      level: 'info',
      title: `${actorName(ctx)} answered about ${title}`,
      body: input.note,
      href: `/access/requests/${item.id}`,
      to: { userIds: [ownerId, ...(await deputiesOf(tx, ownerId))] },
      ...placeOf(item),
    });
  });
}

export const WithdrawItemInput = z.object({ itemId });
export type WithdrawItemInput = z.input<typeof WithdrawItemInput>;

/** The requester does not need it any more. @throws AppError not_found | conflict */
export async function withdrawItem(ctx: Ctx, raw: WithdrawItemInput): Promise<void> {
  const input = WithdrawItemInput.parse(raw);
  await transact(async (tx) => {
    const item = await ownItem(tx, ctx, input.itemId);
    await move(tx, item, 'withdrawn', {});
    await noteItem(tx, ctx, item.id, 'withdrawn');
    audit(tx, ctx, {
      action: 'access.withdraw',
      target: { type: 'access_request_item', id: item.id },
      ...placeOf(item),
      detail: {},
    });
  });
}

async function loadItem(tx: Tx, id: string) {
  const item = await tx.accessRequestItem.findUnique({
    where: { id },
    include: { product: true, request: { include: { requester: { select: { email: true } } } } },
  });
  if (!item) throw notFound('This request');
  return item;
}
type Item = Awaited<ReturnType<typeof loadItem>>;

const placeOf = ({ product }: Item) => ({ productId: product.id, domainId: product.domainId });
const actorName = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.name : 'Portolan');

async function ownItem(tx: Tx, ctx: Ctx, id: string): Promise<Item> {
  const { actor } = requirePerson(ctx);
  const item = await loadItem(tx, id);
  if (item.request.requesterId !== actor.id) throw notFound('This request');
  return item;
}

async function move(tx: Tx, item: Item, status: string, data: object): Promise<void> {
  const { count } = await tx.accessRequestItem.updateMany({
    where: { id: item.id, status: { in: WAITING } },
    data: { ...data, status },
  });
  if (count > 0) return;
  const { status: found } = await tx.accessRequestItem.findUniqueOrThrow({
    where: { id: item.id },
  });
  throw conflict(`This request is ${STATUS_WORDS[found] ?? found} already. Reload the page.`);
}
