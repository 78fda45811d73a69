import type pg from 'pg';
import { pool } from '@/lib/core';
import { CHAINS } from './append';
import { type AuditEntry, GENESIS, hashEvent } from './event';
import type { AuditBreak, AuditReport, VerifyOptions } from './report';
import { verifyCheckpoints } from './verify-checkpoints';

type EventRow = AuditEntry & { seq: string; prevHash: Buffer; hash: Buffer };
interface Walk {
  rows: number;
  broken?: AuditBreak;
}

/**
 * Reads the whole log in one snapshot and recomputes every hash, chain after chain, then the
 * checkpoints. What is written while it runs is not in the snapshot and does no harm.
 */
export async function verifyAudit(options: VerifyOptions = {}): Promise<AuditReport> {
  const client = await pool().connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    return await verify(client, options);
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      (error: Error) => client.release(error),
    );
  }
}

async function verify(client: pg.PoolClient, options: VerifyOptions): Promise<AuditReport> {
  const found = await client.query<{ chain: number }>(
    `with recursive c as (select min(chain) as chain from audit_event union all
       select (select min(chain) from audit_event where chain > c.chain) from c where c.chain is not null)
     select chain from c where chain is not null order by chain`,
  );
  const report = { rows: 0, chains: found.rows.length, checkpoints: 0 };
  for (const { chain } of found.rows) {
    const walk = await walkChain(client, chain, options, report.rows);
    report.rows += walk.rows;
    if (walk.broken) return { ...report, ok: false, broken: walk.broken };
  }
  const sealed = await verifyCheckpoints(client, options);
  report.checkpoints = sealed.checkpoints;
  if (sealed.broken) return { ...report, ok: false, broken: sealed.broken };
  return { ...report, ok: true, checkpoint: sealed.last };
}

async function walkChain(
  client: pg.PoolClient,
  chain: number,
  options: VerifyOptions,
  before: number,
): Promise<Walk> {
  const size = options.batchSize ?? 2000;
  let seq = 0n;
  let prevHash: Uint8Array = GENESIS;
  for (;;) {
    const batch = await client.query<EventRow>(
      'select * from audit_event where chain = $1 and seq > $2 order by seq limit $3',
      [chain, seq.toString(), size],
    );
    for (const row of batch.rows) {
      const broken = check(chain, seq + 1n, prevHash, row, batch.rows);
      if (broken) return { rows: Number(seq), broken };
      seq += 1n;
      prevHash = row.hash;
    }
    options.onProgress?.(before + Number(seq));
    if (batch.rows.length < size) return { rows: Number(seq) };
  }
}

function check(
  chain: number,
  expected: bigint,
  prevHash: Uint8Array,
  row: EventRow,
  neighbours: readonly EventRow[],
): AuditBreak | undefined {
  const at = { chain, seq: expected.toString() };
  if (chain < 0 || chain >= CHAINS) {
    return { ...at, problem: 'forged', message: `Portolan writes no chain ${chain}.` };
  }
  const seq = BigInt(row.seq);
  if (seq !== expected) {
    const last = seq - 1n;
    const which = last > expected ? `Rows ${expected} to ${last} are` : `Row ${expected} is`;
    return { ...at, problem: 'missing', message: `${which} missing from chain ${chain}.` };
  }
  if (!hashEvent(row.prevHash, chain, seq, row).equals(row.hash)) {
    const home = neighbours.find((other) =>
      hashEvent(row.prevHash, chain, BigInt(other.seq), row).equals(row.hash),
    );
    if (home) {
      const message = `The row ${row.id} stands at ${seq} but was written as ${home.seq}.`;
      return { ...at, problem: 'reordered', message };
    }
    const message = `The row ${row.id} (${row.action}) is not the one its hash was made from.`;
    return { ...at, problem: 'altered', message };
  }
  if (!row.prevHash.equals(prevHash)) {
    const message = `The row ${row.id} (${row.action}) does not continue row ${seq - 1n}: one of the two was put in place of another.`;
    return { ...at, problem: 'forged', message };
  }
}
