import pg from 'pg';
import { expect, it } from 'vitest';
import { fromEvents, fromRollUps } from '@/lib/insight/testing/usage-events';
import { useTestDatabase } from '../testing/database';
import { migrate } from './migrate';
import { prepareDatabase } from './roles';

const database = useTestDatabase();
const BY_MONTH = '20261129500000_usage_by_month';
/** Two years of reads of two products, on the edges of months and days too, by their owner, others and nobody. */
const OLD = [
  `insert into domain (id, name, title) values ('d', 'sales', 'Sales')`,
  `insert into "user" (id, email, name) values ('owner', 'owner@portolan.example', 'Owner')`,
  `insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor)
   select 'p' || n, 'd', 'owner', 'p' || n, 'P', '', 'internal', 'production', 'batch_analytics', '{}' from generate_series(0, 1) n`,
  `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs", "decisionId", version, columns)
   select 'e' || n, '2025-01-01T00:00:00Z'::timestamptz + n * interval '7 hours' - interval '1 ms' * (n % 2), 'p' || n % 3,
     (array['owner', 'one', 'other', null])[1 + n % 4], case when n % 9 = 0 then 'metadata' else 'rows' end, 'json',
     case when n % 7 = 0 then 403 else 200 end, n, n * 10, n / 4.0, 'x' || n, '1.0.0', array['a', 'b']
   from generate_series(0, 2499) n`,
];
const OLD_COLUMNS = `id, at, "productId", "actorId", "tokenId", shape, format, status, "rowCount", "sizeBytes", "latencyMs", "decisionId", version, columns`;

it('carries events of one table over into their months: every row as it was, and roll-ups that agree', async () => {
  const { ownerUrl, appUrl } = database.current;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  const rows = async (sql: string) => (await client.query(sql)).rows;
  try {
    await client.query('drop schema public cascade; create schema public');
    await migrate(ownerUrl, (name) => name < BY_MONTH);
    for (const sql of OLD) await client.query(sql);
    const all = `select ${OLD_COLUMNS} from usage_event order by at, id`;
    const before = await rows(all);
    expect(before).toHaveLength(2500);
    await prepareDatabase(ownerUrl, new URL(appUrl).password);
    expect(await rows(all)).toEqual(before);
    expect(await rows('select 1 from usage_event_default limit 1')).toEqual([]);
    expect(
      await rows(`select count(distinct tableoid)::int as months, bool_and("isOwner" = ("actorId" is not null
      and "actorId" = 'owner' and "productId" <> 'p2')) as told from usage_event`),
    ).toEqual([{ months: 24, told: true }]);
    expect(await fromRollUps()).toEqual(await fromEvents());
  } finally {
    await client.end();
  }
});
