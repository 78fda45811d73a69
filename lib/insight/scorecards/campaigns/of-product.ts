import { db } from '@/lib/core';
import { ownTitles } from '../custom/titles';
import { goalWords } from './goal';

/** What an open campaign wants of a product. */
export interface CampaignPart {
  id: string;
  title: string;
  goal: string;
  deadline: string;
  isReached: boolean;
}

const SHOWN = 10;

/** Open campaigns that a product is part of, the soonest deadline first. Asks nobody. */
export async function campaignsOfProduct(productId: string): Promise<CampaignPart[]> {
  const rows = await db().campaignProduct.findMany({
    where: { productId, isReached: { not: null }, campaign: { status: 'open' } },
    orderBy: { campaign: { deadline: 'asc' } },
    take: SHOWN,
    include: { campaign: true },
  });
  const titles = await ownTitles(rows.map(({ campaign }) => campaign));
  return rows.map(({ campaign, isReached }) => ({
    ...{ id: campaign.id, title: campaign.title, goal: goalWords(campaign, titles) },
    ...{ deadline: campaign.deadline.toISOString(), isReached: isReached === true },
  }));
}
