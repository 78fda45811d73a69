import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { requireUser } from '@/lib/auth';
import { type Ctx, env, newId, notFound, now, precondition, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { Scope, scopeOf } from '../figures/scope';
import { type DigestMail, digestMail } from './mail';
import { isTimeZone, nextAt } from './when';

const MOST = 20;
/** Of a month: a day that each month has. */
const LAST = { week: 7, month: 28 };

export const DigestInput = z
  .object({
    every: z.enum(['week', 'month']),
    /** 1 (Monday) … 7 of a week, 1 … 28 of a month. */
    day: z.coerce.number().int().min(1),
    hour: z.coerce.number().int().min(0).max(23),
    timeZone: z.string().max(64).refine(isTimeZone, 'No time zone has this name.'),
    domain: Scope.shape.domain,
    product: Scope.shape.product,
  })
  .refine(({ every, day }) => day <= LAST[every], {
    path: ['day'],
    message: 'Choose a day from 1 to 7 of a week, or from 1 to 28 of a month.',
  });
export type DigestInput = z.input<typeof DigestInput>;

export interface DigestPreview extends DigestMail {
  /** When the first one leaves. */
  nextAt: string;
  hasMailServer: boolean;
}

const hasMailServer = () => env().PORTOLAN_SMTP_URL !== undefined;

/** The message as it would be now. @throws AppError not_found | forbidden */
export async function previewDigest(ctx: Ctx, raw: DigestInput): Promise<DigestPreview> {
  const { domain, product, ...when } = DigestInput.parse(raw);
  requireSignedIn(ctx, ['catalog:read']);
  requireUser(ctx);
  const place = { ...(domain && { domain }), ...(product && { product }) };
  return {
    ...(await digestMail(ctx, when.every, place)),
    nextAt: nextAt(when, now()).toISOString(),
    hasMailServer: hasMailServer(),
  };
}

/**
 * Sends the person the figures of what they chose every week or month, until they stop it or may not find it any more.
 * @throws AppError not_found | forbidden | precondition (no mail server, too many)
 */
export async function subscribe(ctx: Ctx, raw: DigestInput): Promise<{ digestId: string }> {
  const { domain, product, ...when } = DigestInput.parse(raw);
  const { id: userId } = requireUser(ctx);
  requireSignedIn(ctx, ['governance:write']);
  const { domainId, productId } = await scopeOf(ctx, { domain, product });
  if (!hasMailServer()) {
    throw precondition(
      'No mail server is set, so nothing could be sent. Ask whoever runs Portolan.',
    );
  }
  const digest = {
    ...{ id: newId(), userId, ...when, domainId: productId ? null : domainId, productId },
    ...{ createdAt: now(), nextAt: nextAt(when, now()) },
  };
  await transact(async (tx) => {
    await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`digests:${userId}`}, 0))::text`;
    if ((await tx.insightDigest.count({ where: { userId } })) >= MOST) {
      throw precondition(`You get ${MOST} of these already. Stop one first.`);
    }
    await tx.insightDigest.create({ data: digest });
    audit(tx, ctx, {
      action: 'insight.subscribe',
      target: { type: 'digest', id: digest.id },
      ...(domainId && { domainId }),
      ...(productId && { productId }),
      detail: changed(null, when),
    });
  });
  return { digestId: digest.id };
}

export const StopDigestInput = z.object({ digestId: z.string().min(1).max(64) });
export type StopDigestInput = z.input<typeof StopDigestInput>;

/** Ends a subscription of one's own. @throws AppError not_found */
export async function stopDigest(ctx: Ctx, raw: StopDigestInput): Promise<void> {
  const { digestId: id } = StopDigestInput.parse(raw);
  const { id: userId } = requireUser(ctx);
  requireSignedIn(ctx, ['governance:write']);
  await transact(async (tx) => {
    const { count } = await tx.insightDigest.deleteMany({ where: { id, userId } });
    if (count === 0) throw notFound('This subscription');
    audit(tx, ctx, { action: 'insight.unsubscribe', target: { type: 'digest', id }, detail: {} });
  });
}
