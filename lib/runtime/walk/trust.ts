import { db, newId } from '@/lib/core';

/** Certifications of a product that everybody finds and of one that few find, and a tag of each. */
export async function makeTrust(
  { owner, ledger, salaries }: Record<'owner' | 'ledger' | 'salaries', string>,
  text: (what: string) => string,
) {
  const [certification, until] = [newId(), new Date(Date.now() + 86_400_000)];
  const common = { version: '1.0.0', certifiedById: owner, until };
  await db().certification.createMany({
    data: [
      { id: certification, productId: ledger, reason: 'Its lines add up.', ...common },
      { id: newId(), productId: salaries, reason: text('certification'), ...common },
    ],
  });
  const hidden = text('tag');
  await db().tag.createMany({
    data: [
      { id: newId(), key: 'booking', name: 'booking', state: 'approved' },
      { id: newId(), key: hidden, name: hidden },
    ],
  });
  await db().product.update({ where: { id: ledger }, data: { tags: ['booking'] } });
  await db().product.update({ where: { id: salaries }, data: { tags: [hidden] } });
  return { certification };
}
