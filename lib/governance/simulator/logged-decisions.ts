import { pool } from '@/lib/core';

export interface LoggedDecision {
  actorId: string;
  productId: string;
  action: string;
  purpose: string | null;
  /** The last moment of the group. */
  at: Date;
  count: number;
}

const FETCH = 5000;

/**
 * The decisions that were logged since a moment, those alike together (person, product, action, purpose, and the
 * hour of the day when hours count), read through a cursor.
 */
export async function* loggedDecisions(
  since: Date,
  options: { domainId: string | null; byHour: boolean },
): AsyncGenerator<LoggedDecision> {
  const client = await pool().connect();
  const hour = options.byHour ? `date_trunc('hour', at)` : `null::timestamptz`;
  let isWhole = false;
  try {
    await client.query('begin read only');
    // The groups are many and small: sorted in memory they cost less than on disk.
    await client.query(`set local work_mem = '128MB'`);
    await client.query(
      `declare logged no scroll cursor for
       select "actorId", "productId", action, detail->>'purpose' as purpose, max(at) as at, count(*)::int as count
       from audit_event
       where kind = 'decision' and at >= $1 and "actorId" is not null and "productId" is not null
         and ($2::text is null or "domainId" = $2)
       group by "actorId", "productId", action, detail->>'purpose', ${hour}`,
      [since, options.domainId],
    );
    for (;;) {
      const { rows } = await client.query<LoggedDecision>(`fetch ${FETCH} from logged`);
      yield* rows;
      if (rows.length < FETCH) break;
    }
    isWhole = true;
  } finally {
    await client.query(isWhole ? 'commit' : 'rollback').catch(() => undefined);
    client.release();
  }
}
