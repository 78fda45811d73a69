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

const NOTE = `update usage_recount set "nextDay" = "nextDay" + $2::int, status = $3, failure = $4, "finishedAt" = $5 where id = $1`;

async function count(client: pg.PoolClient, id: string, { day, isLast }: Due): Promise<boolean> {
  const { rows } = await client.query<{ done: boolean }>('select usage_recount($1) as done', [day]);
  if (!rows[0]?.done) {
    const why = `The events of ${day} are not held any more.`;
    await client.query(NOTE, [id, 0, 'failed', why, now()]);
    return false;
  }
  const status = isLast ? 'succeeded' : 'queued';
  await client.query(`select pg_notify('portolan_run', $1)`, [id]);
  await client.query(NOTE, [id, 1, status, null, isLast ? now() : null]);
  return !isLast;
}
