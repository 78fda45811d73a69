import { raiseAlert } from '@/lib/alerts';
import type { Tx } from '@/lib/core';
import { ownTitles } from '../custom/titles';
import type { Judged } from '../evaluate';
import { note } from './follow';
import { type Goal, goalWords, isReached } from './goal';

interface Beginning extends Goal {
  id: string;
  title: string;
  words: string;
  deadline: Date;
}

/** Opens a campaign whose products were just counted: notes where each begins, and tells the owners of what is left. */
export async function beginCampaign(tx: Tx, campaign: Beginning): Promise<void> {
  const { id, title, words, deadline } = campaign;
  // The recorder holds this lock: a scorecard cannot change between the look and the row.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('scorecards'))`;
  const { count } = await tx.campaign.updateMany({
    where: { id, status: 'beginning' },
    data: { status: 'open' },
  });
  if (count === 0) return;
  const rows = await tx.campaignProduct.findMany({
    where: { campaignId: id },
    select: {
      ...{ productId: true, since: true },
      product: { select: { ownerId: true, scorecard: true } },
    },
  });
  const counted = rows.flatMap(({ product, ...row }) => {
    const card = product.scorecard as unknown as Judged | null;
    const reached = card && isReached(campaign, card);
    return reached === null ? [] : [{ ...row, ownerId: product.ownerId, reached }];
  });
  await note(
    tx,
    counted.map(({ productId, since, reached }) => ({
      ...{ campaignId: id, productId, since, before: null, isReached: reached },
    })),
  );
  const left = counted.filter(({ reached }) => !reached);
  await raiseAlert(tx, {
    kind: 'campaign.started',
    level: 'info',
    title: `Campaign: ${title}`,
    body: `${goalWords(campaign, await ownTitles([campaign]))}, until ${deadline.toISOString().slice(0, 10)}. ${words}`.trim(),
    href: `/insight/campaigns/${id}`,
    to: { userIds: [...new Set(left.map(({ ownerId }) => ownerId))] },
    dedupeKey: `campaign.started:${id}`,
    data: { campaignId: id, products: counted.length },
  });
}
