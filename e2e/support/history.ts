import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { portalHome } from './test';

const DAY_MS = 86_400_000;
/** Reads on the day so many days ago. */
export const readsOn = (daysAgo: number): number => 3 + ((daysAgo * 7) % 11);
/** The completeness score of the run of that day. */
export const scoreOn = (daysAgo: number): number => 100 - ((daysAgo * 3) % 9);
/** Days of history, more than a month and the month before. */
const DAYS = 70;

const READS = `insert into usage_event (id, at, "productId", "actorId", shape, format, status, "rowCount", "sizeBytes", "latencyMs")
  select gen_random_uuid()::text, $1::timestamptz + n * interval '1 minute', $2, u.id, 'rows', 'json', 200, 1, 100, 4
  from generate_series(1, $3::int) n cross join lateral (select id from "user" order by email offset n % 3 limit 1) u`;
const RUN = `insert into quality_run (id, "productId", "snapshotId", environment, scores, "startedAt", "finishedAt")
  values (gen_random_uuid()::text, $2, 'history', 'production', jsonb_build_object('completeness', $3::int, 'accuracy', 99),
    $1::timestamptz, $1::timestamptz)`;
const MINUTES = `insert into slo_day ("objectiveId", day, measured, good, outage, "goodEvents", events)
  select id, $1::timestamptz, 1440, 1440 - $3::int, 0, 1440, 1440 from slo_objective where "productId" = $2
  on conflict do nothing`;
const INCIDENT = `insert into quality_incident (id, "productId", "domainId", "ruleName", dimension, level, status, message,
    "runId", "openedAt", "lastSeenAt", "resolvedAt")
  select gen_random_uuid()::text, p.id, p."domainId", 'no gaps', 'completeness', 'error', 'resolved', '', 'history',
    $1::timestamptz, $1::timestamptz, $1::timestamptz + interval '5 hours' from product p where p.id = $2`;

/** Works on the portal's own database. */
async function withDatabase(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const state = await readFile(path.join(portalHome(), 'runtime.json'), 'utf8');
  const { ownerUrl } = JSON.parse(state) as { ownerUrl: string };
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function idOf(client: pg.Client, address: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `select p.id from product p join domain d on d.id = p."domainId" where d.name || '/' || p.name = $1`,
    [address],
  );
  return rows[0]!.id;
}

/** The first moment of the UTC day so many days ago. */
export const dayAgo = (days: number): Date =>
  new Date((Math.floor(Date.now() / DAY_MS) - days) * DAY_MS);

/** Writes what a product went through before today into the portal's database: a history that a test knows by heart. */
export const writeHistory = (address: string): Promise<void> =>
  withDatabase(async (client) => {
    const id = await idOf(client, address);
    for (let daysAgo = 1; daysAgo <= DAYS; daysAgo += 1) {
      const at = dayAgo(daysAgo);
      await client.query(READS, [at, id, readsOn(daysAgo)]);
      await client.query(RUN, [at, id, scoreOn(daysAgo)]);
      await client.query(MINUTES, [at, id, daysAgo % 5]);
      if (daysAgo % 12 === 3) await client.query(INCIDENT, [at, id]);
    }
  });

/** Reads of some products on days that are long over, so that nothing else changes what they come to. */
export const writeReads = (addresses: string[], daysAgo: number[]): Promise<void> =>
  withDatabase(async (client) => {
    for (const address of addresses) {
      const id = await idOf(client, address);
      for (const day of daysAgo) await client.query(READS, [dayAgo(day), id, readsOn(day)]);
    }
  });

const SPOIL = `with lost as (update usage_day set reads = reads - $3::int where day = $1 and "productId" = $2 and chunk = 0)
  update usage_domain_day d set reads = d.reads - $3::int from product p
  where p.id = $2 and d."domainId" = p."domainId" and d.day = $1 and d.chunk = 0`;

/** Takes some reads of each day away from what is added up, not from the events. @returns the first and the last day */
export async function spoilReads(
  address: string,
  daysAgo: number[],
  reads: number,
): Promise<[string, string]> {
  await withDatabase(async (client) => {
    const id = await idOf(client, address);
    for (const day of daysAgo) await client.query(SPOIL, [dayAgo(day), id, reads]);
  });
  const text = (day: number) => dayAgo(day).toISOString().slice(0, 10);
  return [text(Math.max(...daysAgo)), text(Math.min(...daysAgo))];
}
