import { db } from '@/lib/core';

/** A job outside the portal that makes a product that everybody finds from one that few find. */
export async function makeOutside(
  { ledger, salaries }: Record<'ledger' | 'salaries', string>,
  text: (what: string) => string,
): Promise<void> {
  const at = new Date();
  const of = (name: string) => ({ namespace: 'http://127.0.0.1:3000', name });
  await db().externalJob.create({
    data: {
      ...{ id: 'outside', namespace: 'scheduler', name: 'nightly', at, heardAt: at, state: 'FAIL' },
      events: { create: { id: 'told', at, heardAt: at, body: { error: text('in a facet') } } },
      links: {
        create: [
          { ordinal: 0, isOutput: true, productId: ledger, ...of('vault/ledger') },
          { ordinal: 1, isOutput: false, productId: salaries, ...of(text('salaries')) },
        ],
      },
      columns: {
        create: {
          ...{ ordinal: 0, productId: ledger, ...of('vault/ledger'), field: 'entry' },
          ...{ sourceId: salaries, sourceNamespace: '', sourceName: text('salaries') },
          ...{ sourceColumn: text('column'), how: 'identity' },
        },
      },
    },
  });
}
