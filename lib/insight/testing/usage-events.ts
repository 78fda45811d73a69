import { newId, pool } from '@/lib/core';

const START = Date.UTC(2026, 2, 2, 23, 30);
const PEOPLE = 4;
/** Events over two days, three products and some people, as a web process writes them. */
export function usageBatch(
  size: number,
  seed: number,
  products: readonly string[],
  people = PEOPLE,
): unknown[][] {
  const rows = Array.from({ length: size }, (_, at) => {
    const n = (at * 7 + seed * 13) % 97;
    return [
      ...[newId(), new Date(START + n * 60_000), products[n % products.length]],
      n % 5 === 0 ? null : `person-${(at * 37 + seed * 331 + n) % people}`,
      ...[n % 6 === 0 ? 'metadata' : 'rows', n % 7 === 0 ? 403 : n % 11 === 0 ? 500 : 200],
      ...[n, n * 10, n / 4, n % 13 === 0, n % 3 === 0],
    ];
  });
  return rows[0]!.map((_, column) => rows.map((row) => row[column]));
}
export const WRITE_USAGE = `insert into usage_event (id, at, "productId", "actorId", shape, status, "rowCount", "sizeBytes", "latencyMs", "isOwner", "inDomain", format)
  select *, 'json' from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[],
    $8::bigint[], $9::float8[], $10::boolean[], $11::boolean[])`;

/** Writers beside each other, one of which is killed in the middle of a transaction. @returns how many events are left */
export async function writeBesideEachOther(
  products: readonly string[],
  people = PEOPLE,
): Promise<number> {
  const [victim, ...others] = await Promise.all([0, 1, 2, 3].map(() => pool().connect()));
  const write = async (writer: (typeof others)[number], seed: number) => {
    for (let turn = 0; turn < 20; turn += 1)
      await writer.query(WRITE_USAGE, usageBatch(50, seed + turn * 4, products, people));
  };
  await victim!.query('begin');
  await victim!.query(WRITE_USAGE, usageBatch(500, 99, products, people));
  victim!.on('error', () => undefined);
  const { rows: me } = await victim!.query<{ pid: number }>('select pg_backend_pid() as pid');
  const writing = Promise.all(others.map(write));
  await pool().query('select pg_terminate_backend($1)', [me[0]!.pid]);
  await writing;
  victim!.release(true);
  for (const other of others) other.release();
  return 3 * 20 * 50;
}

const READ = `e.shape <> 'metadata' and e.status < 400`;
const OTHER = `${READ} and e."actorId" is not null and not e."isOwner"`;
const BY = `count(*) filter (where ${OTHER}) as "byOthers",
  count(*) filter (where ${OTHER} and not e."inDomain") as "byOutsiders"`;
const SUMS = `count(*) filter (where ${READ}) as reads, count(*) filter (where e.status between 400 and 499) as refused,
  count(*) filter (where e.status >= 500) as failed, sum(e."rowCount")::bigint as "rowCount",
  sum(e."sizeBytes")::bigint as "sizeBytes", coalesce(sum(e."latencyMs") filter (where ${READ}), 0) as "latencyMs"`;
const HELD = `sum(reads)::bigint as reads, sum(refused)::bigint as refused, sum(failed)::bigint as failed,
  sum("rowCount")::bigint as "rowCount", sum("sizeBytes")::bigint as "sizeBytes", sum("latencyMs") as "latencyMs"`;
const HELD_BY = `sum("byOthers")::bigint as "byOthers", sum("byOutsiders")::bigint as "byOutsiders"`;
const PEOPLE_OF = `array(select r."userId" from usage_reader r where exists (select 1 from`;
const all = async (statements: Record<string, string>) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(statements).map(async ([name, sql]) => [name, (await pool().query(sql)).rows]),
    ),
  );

/** What events come to, counted one by one. */
export const fromEvents = () =>
  all({
    hours: `select e."productId", date_trunc('hour', e.at, 'UTC') as at, ${SUMS} from usage_event e group by 1, 2 order by 1, 2`,
    days: `select e."productId", date_trunc('day', e.at, 'UTC') as at, ${SUMS}, ${BY}
      from usage_event e group by 1, 2 order by 1, 2`,
    domains: `select p."domainId", date_trunc('day', e.at, 'UTC') as at, ${SUMS}, ${BY},
      array(select distinct unnest(array_agg(e."actorId") filter (where ${OTHER})) order by 1) as people
      from usage_event e join product p on p.id = e."productId" group by 1, 2 order by 1, 2`,
    people: `select e."productId", date_trunc('day', e.at, 'UTC') as day, e."actorId" as "userId", count(*) as reads
      from usage_event e where ${READ} and e."actorId" is not null group by 1, 2, 3 order by 1, 2, 3`,
  });

/** What the roll-ups hold. */
export const fromRollUps = () =>
  all({
    hours: `select "productId", hour as at, ${HELD} from usage_hour group by 1, 2 order by 1, 2`,
    days: `select "productId", day as at, ${HELD}, ${HELD_BY} from usage_day group by 1, 2 order by 1, 2`,
    domains: `select d."domainId", d.day as at, ${HELD}, ${HELD_BY},
      ${PEOPLE_OF} usage_domain_day x where x."domainId" = d."domainId" and x.day = d.day and x.chunk = r.number / 1024
        and get_bit(x.readers, r.number % 1024) = 1) order by 1) as people
      from usage_domain_day d group by 1, 2 order by 1, 2`,
    people: 'select * from usage_reader_day order by 1, 2, 3',
  });

/** Months of products whose most is not what their days say, or not even that. */
export const monthsOff = async (off: '<>' | '<' = '<>') =>
  (
    await pool().query(`select * from (select "productId", date_trunc('month', day, 'UTC') as month, sum(reads) as reads
      from usage_day group by 1, 2) d full join usage_month m using ("productId", month) where coalesce(most, 0) ${off} coalesce(reads, 0)`)
  ).rows;
