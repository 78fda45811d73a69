import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueue,
  newId,
  notFound,
  now,
  precondition,
  type Tx,
  transact,
} from '@/lib/core';
import { requireManager } from '../custom/input';

export const RecountCampaignInput = z.object({ campaignId: z.string().min(1).max(64) });
export type RecountCampaignInput = z.input<typeof RecountCampaignInput>;

/**
 * Has the products of a campaign looked at now, and not at the next round; its page shows how far that is.
 * @throws AppError forbidden | not_found | precondition (it is closed) | conflict (they are being counted)
 */
export async function recountCampaign(
  ctx: Ctx,
  raw: RecountCampaignInput,
): Promise<{ countId: string }> {
  const userId = requireManager(ctx);
  const { campaignId } = RecountCampaignInput.parse(raw);
  return transact(async (tx) => {
    const found = await tx.campaign.findUnique({ where: { id: campaignId } });
    if (!found) throw notFound('This campaign');
    if (found.status === 'closed') {
      throw precondition('This campaign is closed: its figures stand. Make another one.');
    }
    const busy = await tx.campaignCount.findFirst({ where: { campaignId, status: 'queued' } });
    if (busy) throw conflict('Its products are being counted already. Wait until that has ended.');
    const countId = await queueCount(tx, campaignId, userId);
    audit(tx, ctx, { action: 'campaign.count', target: { type: 'campaign', id: campaignId } });
    return { countId };
  });
}

/** Puts a count on its way, in the caller's transaction: none of the campaign may be under way. */
export async function queueCount(tx: Tx, campaignId: string, userId: string): Promise<string> {
  const id = newId();
  const products = await tx.campaignProduct.count({ where: { campaignId } });
  await tx.campaignCount.create({
    data: { id, campaignId, products, requestedById: userId, createdAt: now() },
  });
  await enqueue(tx, { workflow: 'campaign-count', queue: 'insight', key: id, args: [id] });
  return id;
}
