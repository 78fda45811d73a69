import pg from 'pg';
import { expect, it } from 'vitest';
import { fromEvents, fromRollUps } from '@/lib/insight/testing/usage-events';
import { useTestDatabase } from '../testing/database';
import { migrate } from './migrate';
import { prepareDatabase } from './roles';

const database = useTestDatabase();
const BY_MONTH = '20261129500000_usage_by_month';
const OUTSIDERS = '20261130400000_usage_outsiders';
/** Two years of reads of two products, on the edges of months and days too, by their owner, others and nobody. */
const OLD = [
  `insert into domain (id, name, title) values ('d', 'sales', 'Sales')`,
  `insert into "user" (id, email, name) select n, n || '@portolan.example', n from unnest(array['owner', 'one', 'other']) n`,
  `insert into membership ("domainId", "userId", role) values ('d', 'one', 'data_consumer')`,
  `insert into product (id, "domainId", "ownerId", name, title, description, classification, status, template, descriptor)
   select 'p' || n, 'd', 'owner', 'p' || n, 'P', '', 'internal', 'production', 'batch_analytics', '{}' from generate_series(0, 1) n`,
  `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs", "decisionId", version, columns)
   select 'e' || n, '2025-01-01T00:00:00Z'::timestamptz + n * interval '7 hours' - interval '1 ms' * (n % 2), 'p' || n % 3,
     (array['owner', 'one', 'other', null])[1 + n % 4], case when n % 9 = 0 then 'metadata' else 'rows' end, 'json',
     case when n % 7 = 0 then 403 else 200 end, n, n * 10, n / 4.0, 'x' || n, '1.0.0', array['a', 'b']
   from generate_series(0, 2499) n`,
];
const OLD_COLUMNS = `id, at, "productId", "actorId", "tokenId", shape, format, status, "rowCount", "sizeBytes", "latencyMs", "decisionId", version, columns`;

/** A database before events had months, with `OLD` in it. */
async function withOld(
  work: (rows: (sql: string) => Promise<Record<string, unknown>[]>) => Promise<void>,
): Promise<void> {
  const { ownerUrl } = database.current;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('drop schema public cascade; create schema public');
    await migrate(ownerUrl, (name) => name < BY_MONTH);
    for (const sql of OLD) await client.query(sql);
    await work(async (sql) => (await client.query(sql)).rows);
  } finally {
    await client.end();
  }
}
const toTheEnd = () =>
  prepareDatabase(database.current.ownerUrl, new URL(database.current.appUrl).password);

it('carries events of one table over into their months: every row as it was, and roll-ups that agree', async () => {
  await withOld(async (rows) => {
    const all = `select ${OLD_COLUMNS} from usage_event order by at, id`;
    const before = await rows(all);
    expect(before).toHaveLength(2500);
    await toTheEnd();
    expect(await rows(all)).toEqual(before);
    expect(await rows('select 1 from usage_event_default limit 1')).toEqual([]);
    expect(
      await rows(`select count(distinct tableoid)::int as months, bool_and("isOwner" = ("actorId" is not null
        and "actorId" = 'owner' and "productId" <> 'p2')) as owned, bool_and("inDomain" = ("actorId" is not null
        and "actorId" = 'one' and "productId" <> 'p2')) as inside from usage_event`),
    ).toEqual([{ months: 24, owned: true, inside: true }]);
    expect(await fromRollUps()).toEqual(await fromEvents());
    expect(
      await rows(`select count(*)::int as wrong from usage_month m where most <> (select sum(reads) from usage_day d
      where d."productId" = m."productId" and date_trunc('month', d.day, 'UTC') = m.month)`),
    ).toEqual([{ wrong: 0 }]);
  });
});

it('tells of days whose events are gone who read from outside a domain, by the readers of these days', async () => {
  await withOld(async (rows) => {
    await migrate(database.current.ownerUrl, (name) => name < OUTSIDERS);
    const expected =
      await rows(`select e."productId", date_trunc('day', e.at, 'UTC') as day, count(*) as n from usage_event e
      where shape <> 'metadata' and status < 400 and "actorId" is not null and not "isOwner"
        and not ("actorId" = 'one' and "productId" <> 'p2') group by 1, 2 order by 1, 2`);
    const [gone] = await rows(`select usage_drop_months('2026-01-01T00:00:00Z') as months`);
    expect(gone!.months).toHaveLength(12);
    await toTheEnd();
    const held = (table: string, of: string) =>
      rows(`select "${of}", day, sum("byOutsiders")::bigint as n from ${table}
        group by 1, 2 having sum("byOutsiders") > 0 order by 1, 2`);
    expect(await held('usage_day', 'productId')).toEqual(expected);
    const inDomain = Map.groupBy(
      expected.filter(({ productId }) => productId !== 'p2'),
      ({ day }) => (day as Date).getTime(),
    );
    const sums = [...inDomain].map(([day, of]) => ({
      ...{ domainId: 'd', day: new Date(day) },
      n: String(of.reduce((sum, { n }) => sum + Number(n), 0)),
    }));
    expect(await held('usage_domain_day', 'domainId')).toEqual(
      sums.sort((a, b) => a.day.getTime() - b.day.getTime()),
    );
  });
});
