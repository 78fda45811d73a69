import type pg from 'pg';
import type { Tx } from '@/lib/core';
import { type AuditEntry, type ChainHead, hashEvent } from './event';

/** Chains that may be written at the same time; each has its row in `audit_head`. */
export const CHAINS = 16;

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

const HEAD = `select chain, seq::text as seq, encode(hash, 'hex') as hash from audit_head`;
const TAKE_FREE = `${HEAD} order by (chain + ${CHAINS} - $1::int) % ${CHAINS} limit 1 for update skip locked`;
const WAIT_FOR = `${HEAD} where chain = $1::int for update`;
const INSERT = `with forward as (update audit_head set seq = $3::bigint, hash = decode($4, 'hex')
    where chain = $1::int)
  insert into audit_event (chain, seq, id, at, kind, action, "actorType", "actorId",
    "actorLabel", decision, "targetType", "targetId", "domainId", "productId", "requestId", detail,
    "prevHash", hash)
  select $1::int, r.seq, r.id, r.at, r.kind, r.action, r."actorType", r."actorId", r."actorLabel",
    r.decision, r."targetType", r."targetId", r."domainId", r."productId", r."requestId", r.detail,
    decode(r."prevHash", 'hex'), decode(r.hash, 'hex')
  from json_to_recordset($2::json) as r(seq bigint, id text, at timestamptz, kind text, action text,
    "actorType" text, "actorId" text, "actorLabel" text, decision text, "targetType" text,
    "targetId" text, "domainId" text, "productId" text, "requestId" text, detail jsonb,
    "prevHash" text, hash text)`;

/** Locks the row where a chain goes on: the one held already, else a free one, else one waited for. */
async function takeHead(run: Run, held?: number): Promise<ChainHead> {
  const start = held ?? Math.floor(Math.random() * CHAINS);
  const free = held === undefined ? await run('audit_take', TAKE_FREE, [start]) : [];
  const [head] = free.length > 0 ? free : await run('audit_wait', WAIT_FOR, [start]);
  if (!head) throw new Error(`The row of chain ${start} is missing from audit_head.`);
  return head as ChainHead;
}

/**
 * Appends to one chain inside the caller's transaction and holds that chain until it ends: call it
 * last. Numbers are dense, because a chain's next writer waits for this one's commit or rollback, and reads the row
 * that was locked as it is then.
 * @param held the chain that this transaction already holds, so that it never waits for a second
 * @returns the chain
 */
export async function appendAudit(
  run: Run,
  entries: readonly AuditEntry[],
  held?: number,
): Promise<number> {
  const head = await takeHead(run, held);
  const { chain } = head;
  let seq = BigInt(head.seq);
  let prevHash: Uint8Array = Buffer.from(head.hash, 'hex');
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
  const hash = Buffer.from(prevHash).toString('hex');
  await run('audit_insert', INSERT, [chain, JSON.stringify(rows), seq.toString(), hash]);
  return chain;
}
