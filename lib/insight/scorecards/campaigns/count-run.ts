import { db, notify, now, type Tx, transact } from '@/lib/core';
import type { Durable } from '@/lib/provisioning';
import { recordSome } from '../record';
import { beginCampaign } from './begin';
import { endCampaign } from './end';

const BATCH = 500;

/**
 * Looks at the products of a campaign, some after the other, and then does what it is counted for: a campaign that begins
 * is opened, one that closes is closed. Whoever takes it up again goes on behind the last ones that were noted; looking
 * at some twice writes nothing twice.
 */
export async function countRun(
  durable: Durable,
  countId: string,
  checkpoint: (name: string) => Promise<void>,
): Promise<void> {
  try {
    while (await durable.step('count some', () => countNext(countId, checkpoint)));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'unknown';
    await durable.step('fail', () => fail(countId, message));
  }
}

/** @returns whether there is more to do */
async function countNext(
  id: string,
  checkpoint: (name: string) => Promise<void>,
): Promise<boolean> {
  const count = await db().campaignCount.findUnique({ where: { id } });
  if (count?.status !== 'queued') return false;
  const { campaignId, after } = count;
  const rows = await db().campaignProduct.findMany({
    where: { campaignId, productId: { gt: after } },
    orderBy: { productId: 'asc' },
    take: BATCH,
    select: { productId: true },
  });
  const last = rows.at(-1);
  if (!last) {
    await transact((tx) => finish(tx, id, campaignId));
    return false;
  }
  await recordSome(rows.map(({ productId }) => productId));
  await checkpoint('recorded');
  await transact(async (tx) => {
    await tx.campaignCount.updateMany({
      where: { id, after, status: 'queued' },
      data: { after: last.productId, done: { increment: rows.length } },
    });
    await notify(tx, 'portolan_run', id);
  });
  return true;
}

/** The end of the count and what follows from it commit together, once. */
async function finish(tx: Tx, id: string, campaignId: string): Promise<void> {
  const { count } = await tx.campaignCount.updateMany({
    where: { id, status: 'queued' },
    data: { status: 'succeeded', finishedAt: now() },
  });
  if (count === 0) return;
  const campaign = await tx.campaign.findUniqueOrThrow({ where: { id: campaignId } });
  if (campaign.status === 'beginning') await beginCampaign(tx, campaign);
  if (campaign.status === 'closing') await endCampaign(tx, campaign);
  await notify(tx, 'portolan_run', id);
}

/** What went wrong is said on the campaign, from where it is counted again. */
async function fail(id: string, message: string): Promise<void> {
  await transact(async (tx) => {
    await tx.campaignCount.updateMany({
      where: { id, status: 'queued' },
      data: { status: 'failed', failure: message.slice(0, 300), finishedAt: now() },
    });
    await notify(tx, 'portolan_run', id);
  });
}
