import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bandsOf, HASHES, type SketchedColumn, sharedValues, similarityOf } from './similarity';

const hash = (value: string) =>
  (createHash('sha256').update(value).digest().readBigUInt64BE() >> 1n).toString();
const smallest = (values: string[]) =>
  [...new Set(values.map(hash))].sort((x, y) => (BigInt(x) < BigInt(y) ? -1 : 1)).slice(0, HASHES);
const range = (from: number, to: number, word = 'v') =>
  Array.from({ length: to - from }, (_, at) => `${word}${from + at}`);
const column = (name: string, values: string[] = [], changes: Partial<SketchedColumn> = {}) => ({
  ...{ name, type: 'string', terms: [] as string[], hashes: smallest(values) },
  kind: values.length > 0 ? ('text' as const) : null,
  isKey: name === 'order_id' || name === 'nr',
  ...changes,
});

describe('values that two columns share', () => {
  it('are estimated within what the number of hashes allows', () => {
    expect(sharedValues(smallest(range(0, 1000)), smallest(range(0, 1000)))).toBe(1);
    expect(sharedValues(smallest(range(0, 1000)), smallest(range(5000, 6000)))).toBe(0);
    // 500 of 1,500; three standard errors of 64 hashes are 0.18.
    const third = sharedValues(smallest(range(0, 1000)), smallest(range(500, 1500)));
    expect(Math.abs(third - 1 / 3)).toBeLessThan(0.18);
    // Few values are counted and not estimated.
    expect(sharedValues(smallest(range(0, 30)), smallest(range(15, 45)))).toBeCloseTo(15 / 45, 9);
  });
});

describe('two products', () => {
  const orders = [
    column('order_id', range(0, 500, 'o')),
    column('city', range(0, 40, 'c')),
    column('paid'),
  ];

  it('are alike as copies, also where columns were renamed', () => {
    expect(similarityOf(orders, orders)).toMatchObject({ score: 1, schema: 1, content: 1 });
    const renamed = [
      column('nr', range(0, 500, 'o')),
      column('town', range(0, 40, 'c')),
      column('Paid'),
    ];
    const found = similarityOf(orders, renamed);
    expect(found).toMatchObject({ score: 1, schema: 0, content: 1 });
    expect(found.columns.find(({ a }) => a === 'order_id')).toMatchObject({
      b: 'nr',
      sameName: false,
      values: 1,
    });
  });

  it('are not alike with the same columns and other rows', () => {
    const other = [
      column('order_id', range(900, 1400, 'o')),
      column('city', range(90, 130, 'c')),
      column('paid'),
    ];
    const found = similarityOf(orders, other);
    expect(found.schema).toBe(1);
    expect(found.score).toBe(0);
    // The same cities make no other order the same.
    const again = [column('order_id', range(900, 1400, 'o')), ...orders.slice(1)];
    expect(similarityOf(orders, again).score).toBe(0);
    const wide = [...again, column('x'), column('y'), column('z')];
    const all = [...orders, column('x'), column('y'), column('z')];
    expect(similarityOf(all, wide).score).toBeCloseTo(5 / 6 / 2, 9);
  });

  it('are the same whichever stands first, and a column counts once', () => {
    const wide = [...orders, column('order id', range(0, 250, 'o')), column('note')];
    const [there, back] = [similarityOf(orders, wide), similarityOf(wide, orders)];
    expect([there.score, there.schema]).toEqual([back.score, back.schema]);
    expect(there.score).toBeCloseTo(6 / 8, 9);
  });

  it('are not told by whole numbers of other names, nor by a column or two', () => {
    const number = (name: string) => column(name, range(0, 500), { kind: 'number' });
    expect(similarityOf([number('a')], [number('b')]).columns).toEqual([]);
    expect(
      similarityOf([column('id'), column('name')], [column('id'), column('name')]),
    ).toMatchObject({
      ...{ score: 0, schema: 0 },
    });
  });

  it('meet in a band when they are copies, and not when nothing is shared', () => {
    const shared = (a: SketchedColumn[], b: SketchedColumn[]) =>
      bandsOf(a).filter((band) => bandsOf(b).includes(band)).length;
    expect(shared(orders, orders)).toBe(bandsOf(orders).length);
    const other = [column('x', range(0, 99, 'x')), column('y'), column('z')];
    expect(shared(orders, other)).toBe(0);
    const renamed = orders.map((one) => ({ ...one, name: `my_${one.name}_x` }));
    expect(shared(orders, renamed)).toBeGreaterThan(0);
  });
});
