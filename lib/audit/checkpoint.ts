import type pg from 'pg';
import { now, pool } from '@/lib/core';
import { type ChainHead, GENESIS, hashCheckpoint } from './event';
import { keepDaily, signCheckpoint } from './signed';

const LOCK = 7302;
const HEADS = `select chain, seq::text as seq, encode(hash, 'hex') as hash
  from audit_head where seq > 0 order by chain`;

export interface Checkpoint {
  seq: string;
  at: Date;
  /** Hexadecimal; noted somewhere else, it proves later that nothing before it was rewritten. */
  hash: string;
  /** A statement of the portal's key; null on one from before checkpoints were signed. */
  signature: string | null;
}

/**
 * Seals the heads of all chains together and signs that, so that cutting off a chain's end shows too. The first of
 * each day is kept as a file as well, where no database role reaches it.
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
    if (sealed?.signature) await keepDaily(sealed.at, sealed.signature);
    return sealed;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    client.release(failure);
  }
}

interface Last {
  seq: string;
  at: Date;
  heads: ChainHead[];
  hash: Buffer;
  signature: string | null;
}

async function seal(client: pg.PoolClient): Promise<Checkpoint | null> {
  const last = await client.query<Last>(
    'select seq, at, heads, hash, signature from audit_checkpoint order by seq desc limit 1',
  );
  const heads = (await client.query<ChainHead>(HEADS)).rows;
  const previous = last.rows[0];
  const isSame = (head: ChainHead) =>
    previous?.heads.some((other) => other.chain === head.chain && other.hash === head.hash);
  if (previous ? heads.every(isSame) : heads.length === 0) {
    if (!previous) return null;
    const { seq, at, signature } = previous;
    return { seq, at, hash: previous.hash.toString('hex'), signature };
  }
  const seq = BigInt(previous?.seq ?? 0) + 1n;
  const at = now();
  const prevHash = previous?.hash ?? GENESIS;
  const hash = hashCheckpoint(prevHash, seq, at, heads);
  const sealed = { seq: seq.toString(), at, hash: hash.toString('hex') };
  const signature = await signCheckpoint(sealed);
  await client.query(
    `insert into audit_checkpoint (seq, at, heads, "prevHash", hash, signature)
     values ($1, $2, $3, $4, $5, $6)`,
    [sealed.seq, at, JSON.stringify(heads), prevHash, hash, signature],
  );
  return { ...sealed, signature };
}
