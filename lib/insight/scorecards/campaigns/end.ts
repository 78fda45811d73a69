import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import { db, now, systemCtx, type Tx, transact } from '@/lib/core';
import { recordSome } from '../record';

interface Ending {
  id: string;
  rev: number;
  status: string;
  outcome: string;
}

/**
 * Closes a campaign whose products were just counted: from here on its figures stand. Tells owners and its maker.
 * @returns false when somebody was faster
 */
export async function endCampaign(tx: Tx, { id, rev, status, outcome }: Ending): Promise<boolean> {
  const { count } = await tx.campaign.updateMany({
    where: { id, rev, status },
    data: { status: 'closed', closedAt: now(), outcome, rev: rev + 1 },
  });
  if (count === 0) return false;
  const { title, createdById } = await tx.campaign.findUniqueOrThrow({ where: { id } });
  const rows = await tx.campaignProduct.findMany({
    where: { campaignId: id, isReached: { not: null } },
    select: { isReached: true, product: { select: { ownerId: true } } },
  });
  audit(tx, systemCtx('campaigns'), {
    action: 'campaign.end',
    target: { type: 'campaign', id },
    detail: {
      ...{ outcome, products: rows.length },
      reached: rows.filter(({ isReached }) => isReached).length,
    },
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

/** Ends campaigns whose deadline is over; a conditional update decides which worker does. @returns how many */
export async function endCampaigns(): Promise<number> {
  const due = await db().campaign.findMany({
    where: { status: 'open', deadline: { lte: now() } },
    select: { id: true, rev: true, status: true },
    take: 100,
  });
  let ended = 0;
  for (const one of due) {
    const products = await db().campaignProduct.findMany({
      where: { campaignId: one.id },
      select: { productId: true },
    });
    await recordSome(products.map(({ productId }) => productId));
    const outcome = 'The deadline is over.';
    if (await transact((tx) => endCampaign(tx, { ...one, outcome }))) ended += 1;
  }
  return ended;
}
