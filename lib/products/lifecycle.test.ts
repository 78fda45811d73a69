import { describe, expect, it } from 'vitest';
import { assertTransition, canTransition, PRODUCT_STATUSES } from './lifecycle';

describe('the lifecycle', () => {
  it('leads exactly where gates, releases and retirement go', () => {
    const ways = PRODUCT_STATUSES.flatMap((from) =>
      PRODUCT_STATUSES.filter((to) => canTransition(from, to)).map((to) => `${from} → ${to}`),
    );
    expect(ways).toEqual([
      'draft → development',
      'development → draft',
      'development → testing',
      'development → retired',
      'testing → draft',
      'testing → development',
      'testing → staging',
      'testing → retired',
      'staging → draft',
      'staging → development',
      'staging → testing',
      'staging → production',
      'staging → retired',
      'production → deprecated',
      'production → retired',
      'deprecated → production',
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
