import { expect, it } from 'vitest';
import { deprecationOf, versionHeaders } from './deprecation-headers';

const day = (date: string) => new Date(`${date}T00:00:00Z`);
const served = { domain: 'sales', name: 'orders', version: '1.0.0' };
const living = { deprecatedAt: null, sunsetAt: null, successor: null };
const ending = {
  deprecatedAt: day('2026-02-01'),
  sunsetAt: day('2026-03-01'),
  successor: 'sales/bookings',
};
const older = { deprecatedAt: day('2026-01-01'), sunsetAt: day('2026-04-01') };

it('says nothing of what stays but its version', () => {
  const deprecation = deprecationOf('sales/orders', living, null);
  expect(versionHeaders({ ...served, deprecation })).toEqual({ 'x-portolan-version': '1.0.0' });
});

it('leads from an older version to the one in force', () => {
  const deprecation = deprecationOf('sales/orders', living, older);
  expect(versionHeaders({ ...served, deprecation })).toMatchObject({
    deprecation: '@1767225600',
    sunset: 'Wed, 01 Apr 2026 00:00:00 GMT',
    link: expect.stringMatching(/^<\/api\/v1\/data\/sales\/orders\/rows>; rel="successor-version"/),
  });
});

it('leads from a product to its successor', () => {
  const deprecation = deprecationOf('sales/orders', ending, null);
  expect(versionHeaders({ ...served, deprecation }).link).toContain('sales/bookings/rows');
});

it('composes both: the first deprecation, the first sunset, what outlives the product', () => {
  const deprecation = deprecationOf('sales/orders', ending, older);
  expect(deprecation).toEqual({
    at: older.deprecatedAt,
    sunset: ending.sunsetAt,
    successor: 'sales/bookings',
    tab: 'versions',
  });
});

it('knows no day and no successor where none was named', () => {
  const product = { ...ending, sunsetAt: null, successor: null };
  const headers = versionHeaders({ ...served, deprecation: deprecationOf('x', product, null) });
  expect(headers).not.toHaveProperty('sunset');
  expect(headers.link).toBe(
    '</products/sales/orders/lifecycle>; rel="deprecation"; type="text/html"',
  );
});
