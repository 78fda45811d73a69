import { beforeAll, expect, it } from 'vitest';
import { type Ctx, pool, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { keyFigures, setMetricTarget } from '.';

useTestDatabase();
const NOW = Date.parse('2026-03-15T12:00:00Z');
let owner: { id: string };
beforeAll(async () => {
  setClock(() => NOW);
  const sales = await makeDomain({ name: 'sales' });
  owner = await makeMember(sales.id, 'data_producer');
  const other = await makeMember(sales.id, 'data_producer');
  const reader = await makeUser();
  for (const [name, ownerId, count] of [
    ['orders', owner.id, 3],
    ['visits', other.id, 5],
  ] as const) {
    const { id } = await makeProduct({ domainId: sales.id, ownerId, name });
    await pool().query(
      `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
       select gen_random_uuid()::text, $1::timestamptz, $2, $3, 'rows', 'json', 200, 1, 10, 1 from generate_series(1, $4::int)`,
      [new Date(NOW), id, reader.id, count],
    );
  }
});
const of = async (ctx: Ctx) => {
  const found = await keyFigures(ctx);
  if (!found) return null;
  const at = (id: string) => found.metrics.find((one) => one.metric.id === id);
  return {
    ...{ scope: found.scope, count: found.metrics.length },
    consumers: at('data_consumers')?.value,
    ...{ reads: at('data_reads')?.value, target: at('data_consumers')?.target },
  };
};

it('a leader sees the mesh beside its targets, an owner their own products, others nothing', async () => {
  const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  await setMetricTarget(steward, { metric: 'data_consumers', value: 4 });
  const mesh = { scope: {}, count: 8, consumers: 1, reads: undefined, target: 4 };
  expect(await of(steward)).toEqual(mesh);
  expect(await of(await ctxOf(owner))).toEqual({
    ...{ scope: { mine: 'yes' }, count: 6, consumers: 1, reads: 3, target: 4 },
  });
  expect(await of(await ctxOf(await makeUser()))).toBeNull();
});

it('who leads one domain sees that one', async () => {
  const legal = await makeDomain({ name: 'legal' });
  const admin = await ctxOf(await makeMember(legal.id, 'data_admin'));
  expect(await of(admin)).toMatchObject({ scope: { domain: 'legal' }, consumers: 0 });
});
