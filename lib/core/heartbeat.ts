import { randomBytes } from 'node:crypto';
import { pool } from './db';
import { log } from './log';

const EVERY_MS = 2000;
/** A web process notes each minute that it lives in besides: what is missing there is an outage. */
const BEAT = `with noted as (insert into web_minute (minute)
    select date_trunc('minute', clock_timestamp()) where $2::text = 'web' on conflict do nothing)
  insert into heartbeat (id, kind, "startedAt", "seenAt") values ($1, $2::text, clock_timestamp(), clock_timestamp())
  on conflict (id) do update set kind = excluded.kind, "seenAt" = excluded."seenAt"`;

/**
 * Says every two seconds, in the database's time, that this process lives. Resolves after the first
 * beat, with the way to stop and be forgotten.
 */
export async function startHeartbeat(
  kind: 'web' | 'worker',
  id = `${kind}-${randomBytes(6).toString('hex')}`,
): Promise<() => Promise<void>> {
  await pool().query(BEAT, [id, kind]);
  await pool().query(`delete from heartbeat where "seenAt" < clock_timestamp() - interval '1 day'`);
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    pool()
      .query(BEAT, [id, kind])
      .catch((error: unknown) => log().warn({ err: error }, 'heartbeat failed'))
      .finally(() => {
        isBusy = false;
      });
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await pool().query('delete from heartbeat where id = $1', [id]);
  };
}

/** A process whose row is older than this counts as dead. */
const MAX_AGE_S = 15;

/** The kinds of process that said so lately, by the database's clock. */
export async function livingProcesses(): Promise<Set<string>> {
  const found = await pool().query<{ kind: string }>(
    `select distinct kind from heartbeat where "seenAt" > clock_timestamp() - make_interval(secs => $1)`,
    [MAX_AGE_S],
  );
  return new Set(found.rows.map((row) => row.kind));
}
