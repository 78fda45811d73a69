import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  forbidden,
  invalid,
  newId,
  notFound,
  now,
  requireCan,
  sqlState,
  type Tx,
  transact,
} from '@/lib/core';

const MAX_DAYS = 366;
const DAY_MS = 86_400_000;

export const RequestWaiverInput = z
  .object({
    productId: z.string().min(1).max(100).optional(),
    /** For a product that the gate stopped before it was made. */
    draftId: z.string().min(1).max(100).optional(),
    ruleId: z.string().trim().min(1).max(100),
    reason: z
      .string()
      .trim()
      .min(10, 'Say in at least ten letters why the rule cannot be kept now')
      .max(1000, 'Use at most 1,000 characters'),
    /** Who mends it before the end. */
    owner: z.string().trim().toLowerCase().pipe(z.email('Type the e-mail address of who mends it')),
    expiresAt: z.iso.datetime({ offset: true, error: 'Choose the last day' }),
  })
  .refine(({ productId, draftId }) => (productId === undefined) !== (draftId === undefined), {
    error: 'A waiver is for one product or one draft',
  });
export type RequestWaiverInput = z.input<typeof RequestWaiverInput>;

/**
 * Asks that a finding of one rule be accepted until a day. It stops the gate until a steward has decided.
 * @throws AppError invalid | forbidden | not_found | conflict (one is open or approved already)
 */
export async function requestWaiver(
  ctx: Ctx,
  raw: RequestWaiverInput,
): Promise<{ waiverId: string }> {
  const input = RequestWaiverInput.parse(raw);
  const expiresAt = endOf(input.expiresAt);
  try {
    return await transact((tx) => request(tx, ctx, { ...input, expiresAt }));
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw conflict('A waiver of this rule is open or approved here already.');
  }
}

function endOf(raw: string): Date {
  const end = new Date(raw);
  const ahead = end.getTime() - now().getTime();
  const message =
    ahead <= 0
      ? 'The last day lies in the past.'
      : ahead > MAX_DAYS * DAY_MS
        ? 'A waiver lasts at most a year.'
        : null;
  if (message) throw invalid(message, { expiresAt: message });
  return end;
}

async function request(
  tx: Tx,
  ctx: Ctx,
  input: Omit<z.output<typeof RequestWaiverInput>, 'expiresAt'> & { expiresAt: Date },
) {
  const { productId, draftId, ruleId, reason, expiresAt } = input;
  const subject = productId
    ? await productSubject(tx, ctx, productId)
    : await draftSubject(tx, ctx, draftId ?? '');
  const owner = await tx.user.findUnique({
    where: { email: input.owner },
    select: { id: true, disabledAt: true },
  });
  if (!owner || owner.disabledAt) {
    const message = `Nobody signs in as ${input.owner}.`;
    throw invalid(message, { owner: message });
  }
  // One whose day has passed is over, though the hourly round has not been by yet.
  await tx.waiver.updateMany({
    where: {
      ruleId,
      status: { in: ['approved', 'requested'] },
      expiresAt: { lte: now() },
      ...(productId ? { productId } : { draftId: draftId ?? '' }),
    },
    data: { status: 'expired' },
  });
  const waiverId = newId();
  await tx.waiver.create({
    data: {
      id: waiverId,
      productId: productId ?? null,
      draftId: draftId ?? null,
      ruleId,
      reason,
      ownerId: owner.id,
      requestedById: ctx.actor.type === 'user' ? ctx.actor.id : null,
      createdAt: now(),
      expiresAt,
    },
  });
  audit(tx, ctx, {
    action: 'waiver.request',
    target: { type: 'waiver', id: waiverId },
    ...(productId && { productId }),
    ...(subject.domainId && { domainId: subject.domainId }),
    detail: {
      rule: ruleId,
      ...changed(null, { status: 'requested', reason, owner: input.owner, expiresAt }),
    },
  });
  await raiseAlert(tx, {
    kind: 'waiver.requested',
    level: 'warning',
    title: `${subject.title}: a waiver of ${ruleId} waits for a decision`,
    body: reason,
    href: '/governance/waivers?status=requested',
    to: { stewards: true },
    ...(productId && { productId }),
    ...(subject.domainId && { domainId: subject.domainId }),
    dedupeKey: `waiver.requested:${waiverId}`,
  });
  return { waiverId };
}

async function productSubject(tx: Tx, ctx: Ctx, productId: string) {
  const product = await tx.product.findUnique({
    where: { id: productId },
    select: { title: true, domainId: true, ownerId: true, status: true },
  });
  if (!product || product.status === 'retired') throw notFound('This product');
  requireCan(ctx, 'waiver.request', product);
  return { title: product.title, domainId: product.domainId };
}

async function draftSubject(tx: Tx, ctx: Ctx, draftId: string) {
  const draft = await tx.productDraft.findUnique({
    where: { id: draftId },
    select: { authorId: true, submittedAt: true, data: true },
  });
  if (!draft) throw notFound('This draft');
  requireCan(ctx, 'waiver.request', { ownerId: draft.authorId });
  if (ctx.actor.type !== 'user' || ctx.actor.id !== draft.authorId) {
    throw forbidden('A draft is its author’s: only they ask for a waiver of it.');
  }
  const { title, name, domain } = draft.data as { title?: string; name?: string; domain?: string };
  const found = domain ? await tx.domain.findUnique({ where: { name: domain } }) : null;
  return { title: title || name || 'A draft', domainId: found?.id ?? null };
}
