import pg from 'pg';
import { domainMap, domainUses } from '@/lib/catalog';
import { db, pool } from '@/lib/core';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import { withDatabase } from './support/database';
import { makeMesh } from './support/mesh';

/**
 * The map of 40 domains with 10,000 products, 2,000 people, 20,000 grants and half a million reads in 30 days: how long
 * the query takes, and the products behind one line. Beside it in the same run: counting those reads by product and
 * person, which any answer to "who reads what" has to do.
 */
const PRODUCTS = 10_000;
const DOMAINS = 40;
const PEOPLE = 2000;
const GRANTS = 20_000;
const READS = 500_000;
const ROUNDS = 9;

async function makeUse(): Promise<void> {
  await db().$executeRaw`insert into "user" (id, email, name)
    select 'u' || n, 'u' || n || '@portolan.example', 'U' from generate_series(0, ${PEOPLE - 1}::int) n`;
  await db().$executeRaw`insert into membership ("domainId", "userId", role)
    select (select id from domain where name = 'domain-' || n % ${DOMAINS}::int), 'u' || n, 'data_consumer'
    from generate_series(0, ${PEOPLE - 1}::int) n`;
  await db().$executeRaw`insert into "grant" (id, "productId", "subjectId", purpose, "grantedById")
    select 'g' || n, 'p' || (n::bigint * 7919) % ${PRODUCTS - 10}::int, 'u' || n % ${PEOPLE}::int, 'x', 'u0'
    from generate_series(1, ${GRANTS}::int) n`;
  await db().$executeRaw`insert into usage_event
      (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
    select 'e' || n, now() - make_interval(secs => n * 5), 'p' || (n::bigint * 104729) % ${PRODUCTS - 10}::int,
      'u' || (n::bigint * 31) % ${PEOPLE}::int, 'rows', 'json', 200, 1, 1, 1 from generate_series(1, ${READS}::int) n`;
  // As the trigger of events would have added them up.
  await db().$executeRaw`insert into usage_reader_day
    select "productId", date_trunc('day', at, 'UTC'), "actorId", count(*) from usage_event group by 1, 2, 3`;
  await db().$executeRaw`analyze`;
}

async function median(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
}

const COUNTED = `select count(*) from (select "productId", "actorId", count(*) from usage_event
  where at >= now() - interval '30 days' and status < 400 group by 1, 2) x`;

await withDatabase(async ({ ownerUrl }) => {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  // Search documents and notices of ten thousand products take minutes, and the map reads none of them.
  await client.query('alter database portolan set session_replication_role = replica');
  await client.end();
  const owner = await makeUser({ platformRoles: ['platform_admin'] });
  await makeMesh(PRODUCTS - 10, DOMAINS, owner.id);
  await makeUse();
  const ctx = await ctxOf(owner);
  const { domains, edges } = await domainMap(ctx);
  console.log(`${domains.length} domains, ${edges.length} lines`);
  const plain = await median(() => pool().query(COUNTED));
  const say = (name: string, ms: number) =>
    console.log(
      name.padEnd(44),
      `${ms.toFixed(0).padStart(6)} ms  ${(ms / plain).toFixed(1)} × counting the reads`,
    );
  say('reads counted by product and person', plain);
  say('the map', await median(() => domainMap(ctx)));
  const edge = { from: edges[0]!.from, to: edges[0]!.to };
  say('products behind a line', await median(() => domainUses(ctx, edge)));
});
