import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  db,
  enqueue,
  newId,
  notFound,
  now,
  precondition,
  type Tx,
  transact,
} from '@/lib/core';
import { noteItem } from '../history';
import { AskInput, type Holder, MAX_DAYS, type PersonCtx, requirePerson } from './asking';
import { deputiesOf } from './deputies';
import { previewRequest, type RequestLine } from './preview-request';
import { purposeTitle } from './purposes';

const note = z
  .string()
  .trim()
  .min(3, 'Say in your own words what you will do with the data')
  .max(1000, 'Use at most 1,000 characters');
export const RequestAccessInput = AskInput.extend({ note });
export type RequestAccessInput = z.input<typeof RequestAccessInput>;

export interface SentRequest {
  requestId: string;
  items: { itemId: string; productId: string; status: 'open' | 'granting' }[];
}

/**
 * Sends one request for some products: each owner decides on their own, or the owner's rule does at once.
 * @throws AppError invalid | precondition naming the product that cannot be asked for
 */
export async function requestAccess(ctx: Ctx, raw: RequestAccessInput): Promise<SentRequest> {
  const person = requirePerson(ctx);
  const input = RequestAccessInput.parse(raw);
  const { lines } = await previewRequest(ctx, input);
  const problem = lines.find((line) => line.problem)?.problem;
  if (problem) throw precondition(`${problem} Take it out of the request.`);
  return transact(async (tx) => {
    await lock(tx, input.productIds);
    const sent = await send(tx, person, { ...input, renewsId: null }, lines);
    await tx.accessCartItem.deleteMany({
      where: { userId: person.actor.id, productId: { in: input.productIds } },
    });
    return sent;
  });
}

/** Requests for one product wait for each other, so that two of one person are not sent at once. */
async function lock(tx: Tx, productIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`select 1 from product where id = any(${[...productIds].sort()}::text[]) order by id for update`;
}

interface Sending {
  holder: Holder;
  purpose: string;
  note: string;
  days: number;
  renewsId: string | null;
}

async function send(
  tx: Tx,
  ctx: PersonCtx,
  input: Sending,
  lines: readonly RequestLine[],
): Promise<SentRequest> {
  const requestId = newId();
  const { holder, purpose, days, renewsId } = input;
  await refuseSecond(tx, ctx, holder, lines);
  await tx.accessRequest.create({
    data: {
      ...{ id: requestId, requesterId: ctx.actor.id, purpose, note: input.note, days, renewsId },
      teamId: holder.kind === 'team' ? holder.domainId : null,
      readerId: holder.kind === 'product' ? holder.productId : null,
      createdAt: now(),
    },
  });
  const items: SentRequest['items'] = [];
  for (const line of lines) {
    const itemId = newId();
    const status = line.decidedBy === null ? 'granting' : 'open';
    await tx.accessRequestItem.create({
      data: { id: itemId, requestId, productId: line.productId, status, createdAt: now() },
    });
    await noteItem(tx, ctx, itemId, 'sent', input.note);
    await tellOwner(tx, ctx, input, { ...line, itemId, isAuto: status === 'granting' });
    items.push({ itemId, productId: line.productId, status });
  }
  return { requestId, items };
}

async function refuseSecond(
  tx: Tx,
  ctx: PersonCtx,
  holder: Holder,
  lines: readonly RequestLine[],
): Promise<void> {
  const open = await tx.accessRequestItem.findFirst({
    where: {
      productId: { in: lines.map((line) => line.productId) },
      status: { in: ['open', 'question', 'granting'] },
      request: {
        teamId: holder.kind === 'team' ? holder.domainId : null,
        readerId: holder.kind === 'product' ? holder.productId : null,
        ...(holder.kind === 'self' && { requesterId: ctx.actor.id }),
      },
    },
    select: { product: { select: { title: true } } },
  });
  if (open) throw precondition(`A request for ${open.product.title} is open already.`);
}

/** The owner has something to decide, or reads that their rule did. */
async function tellOwner(
  tx: Tx,
  ctx: PersonCtx,
  input: Sending,
  line: RequestLine & { itemId: string; isAuto: boolean },
): Promise<void> {
  const product = await tx.product.findUniqueOrThrow({ where: { id: line.productId } });
  const { itemId, isAuto } = line;
  const place = { productId: product.id, domainId: product.domainId };
  audit(tx, ctx, {
    action: 'access.request',
    target: { type: 'access_request_item', id: itemId },
    ...place,
    detail: {
      ...{ purpose: input.purpose, note: input.note, days: input.days },
      for: input.holder.kind,
      ...(input.renewsId && { renews: input.renewsId }),
      ...(isAuto && { approvedBy: 'rule' }),
    },
  });
  if (isAuto) {
    await noteItem(tx, ctx, itemId, 'approved', 'By the owner’s rule');
    await enqueueGrant(tx, itemId);
    return;
  }
  await raiseAlert(tx, {
    kind: 'access.requested',
    level: 'info',
    title: `${ctx.actor.name} asks for ${product.title}`,
    body: `${purposeTitle(input.purpose)}: ${input.note}`,
    href: `/access/requests/${itemId}`,
    to: { userIds: [product.ownerId, ...(await deputiesOf(tx, product.ownerId))] },
    ...place,
    dedupeKey: `access.requested:${itemId}`,
  });
}

/** The approved line becomes a grant by a durable workflow (grants/grant-run). */
export function enqueueGrant(tx: Tx, itemId: string): Promise<void> {
  const key = `access-grant:${itemId}`;
  return enqueue(tx, { workflow: 'access-grant', queue: 'access', key, args: [itemId] });
}

/** From when a grant can be renewed. */
export const RENEW_DAYS = 14;
const DAY_MS = 86_400_000;

export const RenewAccessInput = z.object({
  grantId: z.string().min(1).max(100),
  days: z.int().min(1).max(MAX_DAYS),
  note,
});
export type RenewAccessInput = z.input<typeof RenewAccessInput>;

/**
 * Asks to go on with a grant that ends within fourteen days; until the owner decides it holds as it is.
 * @throws AppError not_found | precondition (it has no end, or is not near it)
 */
export async function renewAccess(ctx: Ctx, raw: RenewAccessInput): Promise<SentRequest> {
  const person = requirePerson(ctx);
  const input = RenewAccessInput.parse(raw);
  const grant = await db().grant.findUnique({ where: { id: input.grantId } });
  if (!grant || grant.subjectId !== person.actor.id) throw notFound('This grant');
  const until = grant.expiresAt?.getTime();
  if (until === undefined) throw precondition('This grant has no end and needs no renewal.');
  const left = until - now().getTime();
  if (grant.revokedAt || left <= 0)
    throw precondition('This grant has ended. Ask for access anew.');
  if (left > RENEW_DAYS * DAY_MS) {
    throw precondition(`A grant is renewed in its last ${RENEW_DAYS} days.`);
  }
  const holder: Holder = grant.readerId
    ? { kind: 'product', productId: grant.readerId }
    : grant.teamId
      ? { kind: 'team', domainId: grant.teamId }
      : { kind: 'self' };
  const { purpose, productId } = grant;
  const asked = { productIds: [productId], holder, purpose, days: input.days };
  const { lines } = await previewRequest(ctx, asked);
  return transact(async (tx) => {
    await lock(tx, [productId]);
    const sending = { holder, purpose, days: input.days, note: input.note, renewsId: grant.id };
    return send(tx, person, sending, lines);
  });
}
