import { describe, expect, it } from 'vitest';
import { assertTransition, canTransition, PRODUCT_STATUSES } from './lifecycle';

describe('the lifecycle', () => {
  it('leads exactly where provisioning and retirement go', () => {
    const ways = PRODUCT_STATUSES.flatMap((from) =>
      PRODUCT_STATUSES.filter((to) => canTransition(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(ways).toEqual([
      'draft → development',
      'development → draft',
      'development → production',
      'development → retired',
      'production → deprecated',
      'production → retired',
      'deprecated → retired',
    ]);
  });

  it.each(['retired', 'unknown', 'constructor'])('lets nothing follow %s', (from) => {
    expect(() => assertTransition(from, 'production')).toThrow(
      `The product is ${from} and cannot become production. Nothing follows.`,
    );
  });

  it('says what may follow', () => {
    expect(() => assertTransition('production', 'draft')).toThrow(
      'It can become: deprecated, retired.',
    );
  });
});
