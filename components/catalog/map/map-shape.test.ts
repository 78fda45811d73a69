import { expect, it } from 'vitest';
import { shapeOf, strokeOf } from './map-shape';
import { shortText, usedText } from './map-words';

const use = { built: 0, grants: 0, reads: 0, people: 0 };

it('a domain is larger the more products it has, and large enough without any', () => {
  const domains = [100, 25, 0].map((products, at) => ({ name: `d${at}`, title: 'D', products }));
  const { boxes } = shapeOf({ domains, edges: [], moreDomains: 0, moreEdges: 0 });
  const [most, quarter, none] = boxes.map(({ width, height }) => width * height);
  expect(most).toBeGreaterThan(quarter!);
  expect(quarter).toBeGreaterThan(none!);
  expect(boxes[2]?.height).toBeGreaterThanOrEqual(44);
});

it('a line is wider the more is used, and never too wide', () => {
  const widths = [1, 10, 1000, 10 ** 9].map((reads) => strokeOf({ ...use, reads }));
  expect([...widths].sort((a, b) => a - b)).toEqual(widths);
  expect(widths[3]).toBe(7);
});

it.each([
  [
    { ...use, reads: 12, people: 3, built: 2 },
    '12 reads by 3 people, 2 products made from it',
    '12 reads',
  ],
  [{ ...use, reads: 1, people: 1 }, '1 read by 1 person', '1 read'],
  [{ ...use, built: 1, grants: 1 }, '1 product made from it, 1 grant', '1 product'],
  [{ ...use, grants: 1200 }, '1,200 grants', '1,200 grants'],
])('the words of a use: %o', (of, long, short) => {
  expect(usedText(of)).toBe(long);
  expect(shortText(of)).toBe(short);
});
