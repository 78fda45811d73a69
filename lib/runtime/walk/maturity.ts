import { db, newId } from '@/lib/core';
import { recordAll } from '@/lib/insight/scorecards/record';

/** Scorecards, a campaign over a product that everybody finds and one that few find, and a steward's check. */
export async function makeMaturity({
  owner,
  salaries,
  ledger,
}: Record<'owner' | 'salaries' | 'ledger', string>) {
  const at = new Date();
  const words = {
    ...{ title: 'It has entries', words: 'Its rows are entries.', property: 'secure', level: 1 },
    ...{ expression: 'true', nextStep: 'Write an entry into it.' },
  };
  await db().customCheck.create({
    data: { id: newId(), name: 'entries', createdAt: at, ...words },
  });
  await recordAll();
  const campaign = newId();
  const deadline = new Date(at.getTime() + 86_400_000);
  await db().campaign.create({
    data: {
      ...{ id: campaign, title: 'Say what it is', kind: 'check', target: 'described' },
      ...{ deadline, everyDays: 7, createdById: owner, createdAt: at },
      products: {
        create: [salaries, ledger].map((productId) => ({
          ...{ productId, isReached: false, since: at },
          events: { create: { at, isReached: false } },
        })),
      },
    },
  });
  return { campaign };
}
