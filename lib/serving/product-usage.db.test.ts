import { expect, it } from 'vitest';
import { db, newId, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeProduct } from '@/lib/runtime/testing/factories';
import { productUsage } from './product-usage';

useTestDatabase();

const NOON = Date.parse('2026-03-15T12:00:00Z');
const HOUR = 3_600_000;

it('counts what was served by UTC day, refusals apart, and nothing older than 14 days', async () => {
  setClock(() => NOON);
  const domain = await makeDomain({});
  const owner = await makeMember(domain.id, 'data_producer');
  const ctx = await ctxOf(owner);
  const product = await makeProduct({ domainId: domain.id, ownerId: owner.id });
  const served = (at: number, status: number, actorId = 'a') => ({
    id: newId(),
    at: new Date(at),
    productId: product.id,
    actorId,
    shape: 'rows',
    format: 'json',
    status,
    rowCount: 10n,
    sizeBytes: 1n,
    latencyMs: 1,
  });
  await db().usageEvent.createMany({
    data: [
      served(NOON, 200),
      served(NOON - HOUR, 200, 'b'),
      served(NOON - HOUR, 403),
      served(NOON - HOUR, 499),
      served(NOON - 13 * HOUR, 200),
      served(NOON - 14 * 24 * HOUR, 200, 'c'),
    ],
  });
  const usage = await productUsage(ctx, product.id);
  expect(usage.days).toHaveLength(14);
  expect(usage.days.at(-1)).toEqual({ day: '2026-03-15', reads: 2, failures: 1, rows: 20 });
  expect(usage.days.at(-2)).toEqual({ day: '2026-03-14', reads: 1, failures: 0, rows: 10 });
  expect({ reads: usage.reads, readers: usage.readers }).toEqual({ reads: 3, readers: 2 });
});
