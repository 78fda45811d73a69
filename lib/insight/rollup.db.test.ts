import { expect, it } from 'vitest';
import { newId, pool } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';

useTestDatabase();

const START = Date.UTC(2026, 2, 2, 23, 30);
/** A batch of events over two days, three products and four people, as a web process writes them. */
function batch(size: number, seed: number): unknown[][] {
  const rows = Array.from({ length: size }, (_, at) => {
    const n = (at * 7 + seed * 13) % 97;
    return [
      ...[
        newId(),
        new Date(START + n * 60_000),
        `product-${n % 3}`,
        n % 5 === 0 ? null : `person-${n % 4}`,
      ],
      ...[
        n % 6 === 0 ? 'metadata' : 'rows',
        n % 7 === 0 ? 403 : n % 11 === 0 ? 500 : 200,
        n,
        n * 10,
        n / 4,
      ],
    ];
  });
  return rows[0]!.map((_, column) => rows.map((row) => row[column]));
}
const INSERT = `insert into usage_event (id, at, "productId", "actorId", shape, status, "rowCount", "sizeBytes", "latencyMs", format)
  select *, 'json' from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::int[], $7::bigint[], $8::bigint[], $9::float8[])`;

const READ = `shape <> 'metadata' and status < 400`;
const counted = (unit: string) => `select "productId", date_trunc('${unit}', at, 'UTC') as at,
  count(*) filter (where ${READ}) as reads, count(*) filter (where status between 400 and 499) as refused,
  count(*) filter (where status >= 500) as failed, sum("rowCount")::bigint as "rowCount",
  sum("sizeBytes")::bigint as "sizeBytes", coalesce(sum("latencyMs") filter (where ${READ}), 0) as "latencyMs"
  from usage_event group by 1, 2 order by 1, 2`;
const kept = (
  table: string,
  unit: string,
) => `select "productId", ${unit} as at, sum(reads)::bigint as reads,
  sum(refused)::bigint as refused, sum(failed)::bigint as failed, sum("rowCount")::bigint as "rowCount",
  sum("sizeBytes")::bigint as "sizeBytes", sum("latencyMs") as "latencyMs" from ${table} group by 1, 2 order by 1, 2`;
const rows = async (sql: string) => (await pool().query(sql)).rows;

it('adds up every event once, while several processes write and one of them is killed', async () => {
  const writers = await Promise.all([0, 1, 2, 3].map(() => pool().connect()));
  const write = async (writer: (typeof writers)[number], seed: number) => {
    for (let turn = 0; turn < 20; turn += 1) await writer.query(INSERT, batch(50, seed + turn * 4));
  };
  const [victim, ...others] = writers;
  // Killed in the middle of a transaction: neither its events nor what they add up to is left.
  await victim!.query('begin');
  await victim!.query(INSERT, batch(500, 99));
  victim!.on('error', () => undefined);
  const { rows: me } = await victim!.query<{ pid: number }>('select pg_backend_pid() as pid');
  const writing = Promise.all(others.map(write));
  await pool().query('select pg_terminate_backend($1)', [me[0]!.pid]);
  await writing;
  victim!.release(true);
  for (const other of others) other.release();

  const raw = await rows('select count(*)::int as n from usage_event');
  expect(raw).toEqual([{ n: 3 * 20 * 50 }]);
  expect(await rows(kept('usage_hour', 'hour'))).toEqual(await rows(counted('hour')));
  const days = await rows(kept('usage_day', 'day'));
  expect(days).toEqual(await rows(counted('day')));
  expect(days).toHaveLength(6);
  expect(await rows(`select * from usage_reader_day order by 1, 2, 3`)).toEqual(
    await rows(`select "productId", date_trunc('day', at, 'UTC') as day, "actorId" as "userId"
      from usage_event where ${READ} and "actorId" is not null group by 1, 2, 3 order by 1, 2, 3`),
  );
});
