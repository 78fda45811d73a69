import type pg from 'pg';
import { now, pool } from '@/lib/core';
import { CHAINS } from './append';
import { type ChainHead, GENESIS, hashCheckpoint } from './event';

const LOCK = 7302;
const HEADS = `select e.chain, e.seq::text as seq, encode(e.hash, 'hex') as hash
  from generate_series(0, ${CHAINS - 1}) as c(chain)
  cross join lateral (select chain, seq, hash from audit_event where audit_event.chain = c.chain
    order by seq desc limit 1) e
  order by e.chain`;

export interface Checkpoint {
  seq: string;
  at: Date;
  /** Hexadecimal; noted somewhere else, it proves later that nothing before it was rewritten. */
  hash: string;
}

/**
 * Seals the heads of all chains together, so that cutting off a chain's end shows too.
 * @returns the new checkpoint, or the last one when nothing was written since; null on an empty log
 */
export async function sealCheckpoint(): Promise<Checkpoint | null> {
  const client = await pool().connect();
  let failure: Error | undefined;
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    const sealed = await seal(client);
    await client.query('commit');
    return sealed;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}

async function seal(client: pg.PoolClient): Promise<Checkpoint | null> {
  const last = await client.query<{ seq: string; at: Date; heads: ChainHead[]; hash: Buffer }>(
    'select seq, at, heads, hash from audit_checkpoint order by seq desc limit 1',
  );
  const heads = (await client.query<ChainHead>(HEADS)).rows;
  const previous = last.rows[0];
  const isSame = (head: ChainHead) =>
    previous?.heads.some((other) => other.chain === head.chain && other.hash === head.hash);
  if (previous ? heads.every(isSame) : heads.length === 0) {
    return previous
      ? { seq: previous.seq, at: previous.at, hash: previous.hash.toString('hex') }
      : null;
  }
  const seq = BigInt(previous?.seq ?? 0) + 1n;
  const at = now();
  const prevHash = previous?.hash ?? GENESIS;
  const hash = hashCheckpoint(prevHash, seq, at, heads);
  await client.query(
    `insert into audit_checkpoint (seq, at, heads, "prevHash", hash) values ($1, $2, $3, $4, $5)`,
    [seq.toString(), at, JSON.stringify(heads), prevHash, hash],
  );
  return { seq: seq.toString(), at, hash: hash.toString('hex') };
}
