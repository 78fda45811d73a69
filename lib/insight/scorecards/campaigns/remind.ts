import { raiseAlert } from '@/lib/alerts';
import { db, now, type Tx, transact } from '@/lib/core';

const DAY_MS = 86_400_000;
const NAMED = 5;

/**
 * Reminds owners of what open campaigns still want of their products: once a round of the campaign's rhythm, whichever
 * worker comes first. Rounds that nobody ran are made up for by one. @returns how many rounds were sent
 */
export async function remindOfCampaigns(): Promise<number> {
  const at = now();
  const open = await db().campaign.findMany({
    where: { status: 'open', deadline: { gt: at } },
    select: {
      id: true,
      title: true,
      deadline: true,
      createdAt: true,
      everyDays: true,
      remindedRound: true,
    },
    orderBy: { deadline: 'asc' },
    take: 500,
  });
  let sent = 0;
  for (const campaign of open) {
    const { id, createdAt, everyDays, remindedRound } = campaign;
    const round = Math.floor((at.getTime() - createdAt.getTime()) / (everyDays * DAY_MS));
    if (round <= remindedRound) continue;
    const isMine = await transact(async (tx) => {
      const { count } = await tx.campaign.updateMany({
        where: { id, status: 'open', remindedRound },
        data: { remindedRound: round },
      });
      if (count > 0) await remind(tx, campaign, round);
      return count > 0;
    });
    if (isMine) sent += 1;
  }
  return sent;
}

interface Reminded {
  id: string;
  title: string;
  deadline: Date;
}

async function remind(tx: Tx, { id, title, deadline }: Reminded, round: number): Promise<void> {
  const rows = await tx.campaignProduct.findMany({
    where: { campaignId: id, isReached: false },
    select: { product: { select: { ownerId: true, title: true } } },
    orderBy: { product: { title: 'asc' } },
  });
  const byOwner = Map.groupBy(rows, ({ product }) => product.ownerId);
  for (const [ownerId, own] of byOwner) {
    const titles = own.slice(0, NAMED).map(({ product }) => product.title);
    const more = own.length > NAMED ? ` and ${own.length - NAMED} more` : '';
    await raiseAlert(tx, {
      kind: 'campaign.reminder',
      level: 'warning',
      title: `${title}: ${own.length} of your products ${own.length === 1 ? 'is' : 'are'} not there yet`,
      body: `${titles.join(', ')}${more}. The campaign ends on ${deadline.toISOString().slice(0, 10)}.`,
      href: `/insight/campaigns/${id}?mine=yes`,
      to: { userIds: [ownerId] },
      dedupeKey: `campaign.reminder:${id}:${round}:${ownerId}`,
      data: { campaignId: id, products: own.length },
    });
  }
}
