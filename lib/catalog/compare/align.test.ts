import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SchemaField } from '@/lib/specs';
import { type AlignedColumn, aligned, joinedName } from './align';

/** `id:long customer_id:string#customer`: columns with their types and terms. */
function source(text: string) {
  const terms = new Map<string, { slug: string; name: string }[]>();
  const schema = text
    .split(' ')
    .filter(Boolean)
    .map((part) => {
      const [, name = '', type = 'string', term] = /^([^:#]+)(?::([^#]+))?(?:#(.+))?$/.exec(part)!;
      if (term) terms.set(name, [{ slug: term, name: term }]);
      return { name, type } as SchemaField;
    });
  return { schema, terms };
}
const words = (rows: AlignedColumn[]) =>
  rows.map(({ cells, isEverywhere, typesDiffer, byTerm }) =>
    [
      cells.map((cell) => cell?.name ?? '–').join(' = '),
      ...[!isEverywhere && 'partial', typesDiffer && 'types', byTerm && `by ${byTerm.slug}`].filter(
        Boolean,
      ),
    ].join(' '),
  );
const side = (...texts: string[]) => words(aligned(texts.map(source)));

describe('columns side by side', () => {
  it('are the same however their names are written', () => {
    expect(side('customerId:long', 'customer_id:long', 'Customer-ID:string')).toEqual([
      'customerId = customer_id = Customer-ID types',
    ]);
    expect(joinedName('orderTotalEUR')).toBe(joinedName('order_total_eur'));
    expect(joinedName('größe')).not.toBe(joinedName('grosse'));
    expect(joinedName('__')).toBe('__');
  });

  it('go by the very name where a product has two that are written alike', () => {
    expect(side('customer_id', 'customerid customer_id')).toEqual([
      'customer_id = customer_id',
      '– = customerid partial',
    ]);
    expect(side('customerId', 'customer_id customer-id')).toEqual([
      'customerId = customer_id',
      '– = customer-id partial',
    ]);
  });

  it('stay in the order of the first product, then of the others', () => {
    expect(side('a b', 'c b', 'd a')).toEqual([
      'a = – = a partial',
      'b = b = – partial',
      '– = c = – partial',
      '– = – = d partial',
    ]);
  });

  it('are joined by a glossary term that each product has once', () => {
    expect(side('kunde:long#customer', 'client_id:long#customer', 'x')).toEqual([
      'kunde = client_id = – partial by customer',
      '– = – = x partial',
    ]);
    // Which of two would it be?
    expect(side('kunde#customer', 'buyer#customer payer#customer')).toHaveLength(3);
    // Names that agree are not torn apart.
    expect(side('a#t b', 'a b#t')).toEqual(['a = a', 'b = b']);
  });

  it('are each there once, whatever names there are', () => {
    const name = fc.stringMatching(/^[a-cA-C_]{1,3}$/);
    const schema = fc.uniqueArray(name, { maxLength: 8, selector: (one) => one.toLowerCase() });
    fc.assert(
      fc.property(fc.array(schema, { minLength: 2, maxLength: 4 }), (all) => {
        const rows = aligned(all.map((names) => source(names.join(' '))));
        for (const [at, names] of all.entries()) {
          const given = rows.flatMap(({ cells }) => cells[at]?.name ?? []);
          expect(given.sort()).toEqual([...names].sort());
        }
        for (const { cells, isEverywhere } of rows) {
          expect(new Set(cells.flatMap((cell) => (cell ? joinedName(cell.name) : []))).size).toBe(
            1,
          );
          expect(isEverywhere).toBe(cells.every(Boolean));
        }
      }),
    );
  });
});
