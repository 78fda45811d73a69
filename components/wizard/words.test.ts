import { describe, expect, it } from 'vitest';
import { slugSchema } from '@/lib/specs';
import { bytes, labelOfPath, slugOf, stepOfPath } from './words';

describe('a name from a title', () => {
  it.each([
    ['US Flights, 2001', 'us-flights-2001'],
    ['  Café & Crème — été ', 'cafe-creme-ete'],
    ['2024 orders', 'orders'],
    ['x'.repeat(80), 'x'.repeat(63)],
  ])('%s → %s', (title, slug) => {
    expect(slugOf(title)).toBe(slug);
    expect(slugSchema.safeParse(slug).success).toBe(true);
  });
  it('is empty when nothing of the title can stand in an address', () => {
    expect(slugOf('数据 42')).toBe('');
  });
});

describe('fields of the draft', () => {
  it('stand on one of three screens', () => {
    expect(
      ['name', 'fields.2.name', 'source.inputs.0.product', 'slo.latency', 'access.1.role'].map(
        stepOfPath,
      ),
    ).toEqual([1, 2, 2, 3, 3]);
  });
  it('have words for people', () => {
    expect(labelOfPath('fields.2.name')).toBe('Schema, field 3');
    expect(labelOfPath('quality.0.config')).toBe('Quality rules, rule 1');
    expect(labelOfPath('slo.latency')).toBe('Objectives, latency');
    expect(labelOfPath('price.currency')).toBe('Price, currency');
    expect(labelOfPath('support.1.channel')).toBe('Support, entry 2');
  });
});

it('sizes are decimal', () => {
  expect([0, 999, 1000, 1_500_000, 2_147_483_648].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.5 MB',
    '2.1 GB',
  ]);
});
