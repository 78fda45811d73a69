import { now, type Tx } from '@/lib/core';
import type { Judged } from '../evaluate';
import { isReached } from './goal';

/** Until it is closed, what becomes of its products counts. */
const LIVE = { status: { in: ['open', 'closing'] } };

/** Notes which products of open campaigns came to their goal or fell behind it, with the scorecards that say so. */
export async function followCampaigns(tx: Tx, judged: readonly Judged[]): Promise<void> {
  const byId = new Map(judged.map((one) => [one.productId, one]));
  const rows = await tx.campaignProduct.findMany({
    where: { productId: { in: [...byId.keys()] }, campaign: LIVE },
    include: { campaign: { select: { kind: true, target: true, level: true } } },
  });
  const moved = rows.flatMap(({ campaign, isReached: before, ...row }) => {
    const after = isReached(campaign, byId.get(row.productId)!);
    // A check that is asked no more leaves things as they were.
    return after === null || after === before ? [] : [{ ...row, before, isReached: after }];
  });
  await note(tx, moved);
}

/** Products that are scored no more count in no open campaign. */
export async function leaveCampaigns(tx: Tx, productIds: string[]): Promise<void> {
  const rows = await tx.campaignProduct.findMany({
    where: {
      productId: { in: productIds },
      isReached: { not: null },
      campaign: LIVE,
    },
  });
  await note(
    tx,
    rows.map(({ isReached: before, ...row }) => ({ ...row, before, isReached: null })),
  );
}

interface Move {
  campaignId: string;
  productId: string;
  before: boolean | null;
  isReached: boolean | null;
  since: Date;
}

/** Writes down where products stand from now on, and that they moved there. */
export async function note(tx: Tx, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  const rows = moves.map(({ since, ...move }) => ({
    ...move,
    at: new Date(Math.max(now().getTime(), since.getTime() + 1)),
  }));
  await tx.$executeRaw`
    update campaign_product c set "isReached" = x."isReached", since = x.at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x("campaignId" text, "productId" text, "isReached" boolean, at timestamptz)
    where c."campaignId" = x."campaignId" and c."productId" = x."productId"`;
  await tx.campaignEvent.createMany({ data: rows });
}
