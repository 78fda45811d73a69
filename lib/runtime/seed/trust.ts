import { type Ctx, db, now } from '@/lib/core';
import { approveTag, certifyProduct, listTags, updateTag } from '@/lib/governance';

const STEWARD = 'steward@portolan.example';
const DAY_MS = 86_400_000;

/** Of the words that the demo products are tagged with, those that the steward has approved and described. */
const TAGS = [
  { name: 'aviation', category: 'topic', description: 'Aircraft, airports and flights.' },
  { name: 'time-series', category: 'shape', description: 'Rows have an instant or a day.' },
  {
    name: 'reference',
    category: 'use',
    description: 'Looked up by other products; changes rarely.',
  },
  { name: 'personal-data', category: 'sensitivity', description: 'Rows tell of people.' },
];
const CERTIFIED = {
  ...{ domain: 'operations', name: 'airports', days: 180 },
  reason: 'Compared with the published list of airports: codes and positions agree.',
};

/** What the demo organisation's steward did: tags approved, a product certified. What is done is left as it is. */
export async function createDemoTrust(ctxOf: (email: string) => Promise<Ctx>): Promise<void> {
  const steward = await ctxOf(STEWARD);
  const { items } = await listTags(steward, { state: 'proposed' });
  for (const { name: tag, rev } of items) {
    const fields = TAGS.find(({ name }) => name === tag);
    if (!fields) continue;
    await approveTag(steward, { tag, rev });
    await updateTag(steward, { ...fields, tag, rev: rev + 1 });
  }
  const { domain, name, days, reason } = CERTIFIED;
  const product = await db().product.findFirst({
    where: { name, domain: { name: domain } },
    select: { id: true, certifications: { take: 1 } },
  });
  if (!product || product.certifications.length > 0) return;
  const until = new Date(now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
  await certifyProduct(steward, { productId: product.id, reason, until });
}
