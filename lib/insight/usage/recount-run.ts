import type pg from 'pg';
import { now, pool } from '@/lib/core';
import type { Durable } from '@/lib/provisioning';

/** Counts the days of a recount one after the other; whoever takes it up again goes on where the last whole day ended. */
export async function recountRun(
  durable: Durable,
  id: string,
  checkpoint: () => Promise<void>,
): Promise<void> {
  while (await durable.step('count a day', () => countNext(id, checkpoint)));
}

interface Due {
  day: string;
  isLast: boolean;
}

/** The next day and the note that it is done commit together. @returns whether there is more to do */
async function countNext(id: string, checkpoint: () => Promise<void>): Promise<boolean> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('begin');
    const { rows } = await client.query<Due>(
      `select "nextDay"::text as day, "nextDay" = "toDay" as "isLast" from usage_recount
       where id = $1 and status = 'queued' for update`,
      [id],
    );
    const isMore = rows[0] ? await count(client, id, rows[0]) : false;
    await checkpoint();
    await client.query('commit');
    return isMore;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection whose transaction failed is not used again.
    client.release(failure);
  }
}

const NOTE = `update usage_recount set "nextDay" = "nextDay" + 1, status = $2, "finishedAt" = $3,
  "readsBefore" = "readsBefore" + $4::bigint, "readsAfter" = "readsAfter" + $5::bigint where id = $1`;
const FAIL = `update usage_recount set status = 'failed', failure = $2, "finishedAt" = $3 where id = $1 and status = 'queued'`;

async function count(client: pg.PoolClient, id: string, { day, isLast }: Due): Promise<boolean> {
  const before = await readsOf(client, day);
  const { rows } = await client.query<{ done: boolean }>('select usage_recount($1) as done', [day]);
  await client.query(`select pg_notify('portolan_run', $1)`, [id]);
  if (!rows[0]?.done) {
    await client.query(FAIL, [id, `The events of ${day} are not held any more.`, now()]);
    return false;
  }
  const after = await readsOf(client, day);
  const status = isLast ? 'succeeded' : 'queued';
  await client.query(NOTE, [id, status, isLast ? now() : null, before, after]);
  return !isLast;
}

async function readsOf(client: pg.PoolClient, day: string): Promise<string> {
  const { rows } = await client.query<{ reads: string }>(
    `select coalesce(sum(reads), 0)::text as reads from usage_domain_day where day = $1::date::timestamp at time zone 'UTC'`,
    [day],
  );
  return rows[0]!.reads;
}

/** Ends a recount that cannot go on, so that another can be asked for; days that are counted stay so. */
export async function failRecount(id: string, message: string): Promise<void> {
  await pool().query(FAIL, [id, message.slice(0, 500), now()]);
  await pool().query(`select pg_notify('portolan_run', $1)`, [id]);
}
