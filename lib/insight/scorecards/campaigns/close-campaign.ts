import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, notFound, now, transact } from '@/lib/core';
import { requireManager } from '../custom/input';
import { queueCount } from './count';

export const CloseCampaignInput = z.object({
  campaignId: z.string().min(1).max(64),
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

/**
 * Has a campaign closed as soon as its products are counted a last time. @throws AppError forbidden | not_found | conflict
 */
export async function closeCampaign(ctx: Ctx, raw: CloseCampaignInput): Promise<void> {
  const closedById = requireManager(ctx);
  const { campaignId: id, rev, outcome } = CloseCampaignInput.parse(raw);
  await transact(async (tx) => {
    if (!(await tx.campaign.findUnique({ where: { id } }))) throw notFound('This campaign');
    const { count } = await tx.campaign.updateMany({
      where: { id, rev, status: 'open' },
      data: { status: 'closing', closedById, outcome, rev: rev + 1 },
    });
    if (count === 0) throw movedOn();
    // One that is under way looked at some before this; the last count begins after it.
    await tx.campaignCount.updateMany({
      where: { campaignId: id, status: 'queued' },
      data: { status: 'superseded', finishedAt: now() },
    });
    await queueCount(tx, id, closedById);
    audit(tx, ctx, {
      action: 'campaign.close',
      target: { type: 'campaign', id },
      detail: { outcome },
    });
  });
}

const movedOn = () =>
  conflict('This campaign was changed or closed in the meantime. Reload the page and look again.');
