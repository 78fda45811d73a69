import { describe, expect, it } from 'vitest';
import { BOX, layout } from './layout';

const node = (id: string, level: number, reads: string[] = []) => ({
  ...{ id, level, reads, address: `sales/${id}`, title: id },
  ...{ status: 'production', classification: 'internal' },
});

describe('the picture of a lineage', () => {
  it('has a column a step, sources to the left, and a line for each that reads another', () => {
    const picture = layout([
      node('me', 0, ['a', 'b']),
      node('a', -1),
      node('b', -1),
      node('c', 1, ['me']),
    ]);
    const at = new Map(picture.nodes.map(({ id, x, y }) => [id, { x, y }]));
    expect(at.get('a')!.x).toBeLessThan(at.get('me')!.x);
    expect(at.get('me')!.x).toBeLessThan(at.get('c')!.x);
    expect(at.get('a')!.y).not.toBe(at.get('b')!.y);
    expect(at.get('me')!.y).toBe((at.get('a')!.y + at.get('b')!.y) / 2);
    expect(picture.edges).toHaveLength(3);
    expect(picture.width).toBe(3 * BOX.width + 2 * BOX.gapX);
  });

  it('puts a box beside what it is joined with', () => {
    const picture = layout([
      node('me', 0),
      node('first', 1, ['me']),
      node('second', 1, ['me']),
      node('of-second', 2, ['second']),
      node('of-first', 2, ['first']),
    ]);
    const y = (id: string) => picture.nodes.find((one) => one.id === id)!.y;
    expect(y('first') < y('second')).toBe(y('of-first') < y('of-second'));
  });

  it('is one box for a product that stands alone', () => {
    expect(layout([node('me', 0)])).toMatchObject({ width: BOX.width, height: BOX.height });
  });
});
