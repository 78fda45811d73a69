import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, db, notFound, now, systemCtx, type Tx, transact } from '@/lib/core';
import { requireManager } from '../custom/input';
import { recordSome } from '../record';

const campaignId = z.string().min(1).max(64);
export const CloseCampaignInput = z.object({
  campaignId,
  /** The one that was read. */
  rev: z.number().int(),
  /** What came of it, in words. */
  outcome: z
    .string()
    .trim()
    .min(3, 'Say what came of it')
    .max(1000, 'Use at most 1,000 characters'),
});
export type CloseCampaignInput = z.input<typeof CloseCampaignInput>;

/** Ends a campaign: from here on its figures stand. @throws AppError forbidden | not_found | conflict */
export async function closeCampaign(ctx: Ctx, raw: CloseCampaignInput): Promise<void> {
  requireManager(ctx);
  const { campaignId: id, rev, outcome } = CloseCampaignInput.parse(raw);
  await recordSome(await productsOf(id));
  await transact(async (tx) => {
    if (!(await close(tx, ctx, { id, rev }, outcome))) throw movedOn();
  });
}

export const RecountCampaignInput = z.object({ campaignId });
export type RecountCampaignInput = z.input<typeof RecountCampaignInput>;

/** Looks at the products of an open campaign now, and not at the next round. @throws AppError forbidden | not_found */
export async function recountCampaign(ctx: Ctx, raw: RecountCampaignInput): Promise<void> {
  requireManager(ctx);
  const { campaignId: id } = RecountCampaignInput.parse(raw);
  await recordSome(await productsOf(id));
}

const movedOn = () =>
  conflict('This campaign was changed or closed in the meantime. Reload the page and look again.');

/** @throws AppError not_found */
async function productsOf(id: string): Promise<string[]> {
  const found = await db().campaign.findUnique({
    where: { id },
    select: { products: { select: { productId: true } } },
  });
  if (!found) throw notFound('This campaign');
  return found.products.map(({ productId }) => productId);
}

/** Ends campaigns whose deadline is over; a conditional update decides which worker does. @returns how many */
export async function endCampaigns(): Promise<number> {
  const due = await db().campaign.findMany({
    where: { status: 'open', deadline: { lte: now() } },
    select: { id: true, rev: true },
    take: 100,
  });
  let ended = 0;
  for (const one of due) {
    await recordSome(await productsOf(one.id));
    const isMine = await transact((tx) =>
      close(tx, systemCtx('campaigns'), one, 'The deadline is over.'),
    );
    if (isMine) ended += 1;
  }
  return ended;
}

/** @returns false when somebody was faster */
async function close(
  tx: Tx,
  ctx: Ctx,
  { id, rev }: { id: string; rev: number },
  outcome: string,
): Promise<boolean> {
  const closedById = ctx.actor.type === 'user' ? ctx.actor.id : null;
  const { count } = await tx.campaign.updateMany({
    where: { id, rev, status: 'open' },
    data: { status: 'closed', closedAt: now(), closedById, outcome, rev: rev + 1 },
  });
  if (count === 0) return false;
  const { title, createdById } = await tx.campaign.findUniqueOrThrow({ where: { id } });
  const rows = await tx.campaignProduct.findMany({
    where: { campaignId: id, isReached: { not: null } },
    select: { isReached: true, product: { select: { ownerId: true } } },
  });
  const reached = rows.filter(({ isReached }) => isReached).length;
  audit(tx, ctx, {
    action: 'campaign.close',
    target: { type: 'campaign', id },
    detail: { outcome, reached, products: rows.length },
  });
  const owners = rows.map(({ product }) => product.ownerId);
  await raiseAlert(tx, {
    kind: 'campaign.ended',
    level: 'info',
    title: `Campaign ended: ${title}`,
    body: outcome,
    href: `/insight/campaigns/${id}`,
    to: { userIds: [...new Set([...owners, ...(createdById ? [createdById] : [])])] },
    dedupeKey: `campaign.ended:${id}`,
    data: { campaignId: id },
  });
  return true;
}
