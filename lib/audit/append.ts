import type pg from 'pg';
import type { Tx } from '@/lib/core';
import { type AuditEntry, GENESIS, hashEvent } from './event';

/** Chains that may be written at the same time. Raising it is safe; lowering it is not. */
export const CHAINS = 16;
const LOCK_CLASS = 7301;

/** Runs one statement; the two transactions that append (Prisma's and a bare pg one) fit behind it. */
export type Run = (name: string, sql: string, values: unknown[]) => Promise<object[]>;

export const viaPrisma =
  (tx: Tx): Run =>
  (_name, sql, values) =>
    tx.$queryRawUnsafe<object[]>(sql, ...values);

/** Named statements are prepared once a connection. */
export const viaPg =
  (client: pg.PoolClient): Run =>
  async (name, text, values) =>
    (await client.query<object>({ name, text, values })).rows;

const FREE_CHAIN = `select ($1::int + i) % ${CHAINS} as chain from generate_series(0, ${CHAINS - 1}) i
  where pg_try_advisory_xact_lock(${LOCK_CLASS}, ($1::int + i) % ${CHAINS}) limit 1`;
const WAIT_FOR_CHAIN = `select pg_advisory_xact_lock(${LOCK_CLASS}, $1::int)::text`;
const HEAD = `select seq::text as seq, encode(hash, 'hex') as hash from audit_event
  where chain = $1::int order by audit_event.seq desc limit 1`;
const INSERT = `insert into audit_event (chain, seq, id, at, kind, action, "actorType", "actorId",
    "actorLabel", decision, "targetType", "targetId", "domainId", "productId", "requestId", detail,
    "prevHash", hash)
  select $1::int, r.seq, r.id, r.at, r.kind, r.action, r."actorType", r."actorId", r."actorLabel",
    r.decision, r."targetType", r."targetId", r."domainId", r."productId", r."requestId", r.detail,
    decode(r."prevHash", 'hex'), decode(r.hash, 'hex')
  from json_to_recordset($2::json) as r(seq bigint, id text, at timestamptz, kind text, action text,
    "actorType" text, "actorId" text, "actorLabel" text, decision text, "targetType" text,
    "targetId" text, "domainId" text, "productId" text, "requestId" text, detail jsonb,
    "prevHash" text, hash text)`;

async function takeChain(run: Run): Promise<number> {
  const start = Math.floor(Math.random() * CHAINS);
  const [free] = (await run('audit_free', FREE_CHAIN, [start])) as { chain: number }[];
  if (free) return free.chain;
  await run('audit_wait', WAIT_FOR_CHAIN, [start]);
  return start;
}

/**
 * Appends to one chain inside the caller's transaction and holds that chain until it ends: call it
 * last. Numbers are dense, because a chain's next writer waits for this one's commit or rollback.
 * @param held the chain that this transaction already holds, so that it never waits for a second
 * @returns the chain
 */
export async function appendAudit(
  run: Run,
  entries: readonly AuditEntry[],
  held?: number,
): Promise<number> {
  const chain = held ?? (await takeChain(run));
  // A statement of its own: its snapshot has to be younger than the lock.
  const [head] = (await run('audit_head', HEAD, [chain])) as { seq: string; hash: string }[];
  let seq = BigInt(head?.seq ?? 0);
  let prevHash: Uint8Array = head ? Buffer.from(head.hash, 'hex') : GENESIS;
  const rows = entries.map((entry) => {
    seq += 1n;
    const hash = hashEvent(prevHash, chain, seq, entry);
    const row = {
      ...entry,
      seq: seq.toString(),
      prevHash: Buffer.from(prevHash).toString('hex'),
      hash: hash.toString('hex'),
    };
    prevHash = hash;
    return row;
  });
  await run('audit_insert', INSERT, [chain, JSON.stringify(rows)]);
  return chain;
}
