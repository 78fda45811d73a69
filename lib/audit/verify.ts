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
/** Where a chain should end; null for one that Portolan does not write. */
interface Chain {
  chain: number;
  end: string | null;
  endHash: string | null;
}
/** The last row that was read; before the first one nothing is, a row numbered 0 or less included. */
interface Place {
  seq: bigint;
  at: Date | null;
  hash: Uint8Array;
}

const CHAINS_FOUND = `with recursive c as (select min(chain) as chain from audit_event union all
    select (select min(chain) from audit_event where chain > c.chain) from c where c.chain is not null)
  select chain, h.seq::text as "end", encode(h.hash, 'hex') as "endHash"
  from c full join audit_head h using (chain) where chain is not null and (c.chain is not null or h.seq > 0)
  order by chain`;
const NEXT_ROWS = `select * from audit_event
  where chain = $1 and (seq, at) > ($2::bigint, $3::timestamptz) order by seq, at limit $4`;
const BEFORE_ALL = ['-9223372036854775808', '-infinity'];

/**
 * Reads the whole log in one snapshot and recomputes every hash, chain after chain over all months, then the
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
  const found = await client.query<Chain>(CHAINS_FOUND);
  const report = { rows: 0, chains: found.rows.length, checkpoints: 0 };
  for (const chain of found.rows) {
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
  chain: Chain,
  options: VerifyOptions,
  before: number,
): Promise<Walk> {
  const size = options.batchSize ?? 2000;
  let place: Place = { seq: 0n, at: null, hash: GENESIS };
  for (;;) {
    const from = place.at ? [place.seq.toString(), place.at] : BEFORE_ALL;
    const batch = await client.query<EventRow>(NEXT_ROWS, [chain.chain, ...from, size]);
    for (const row of batch.rows) {
      const broken = checkRow(chain.chain, place, row, batch.rows);
      if (broken) return { rows: Number(place.seq), broken };
      place = { seq: place.seq + 1n, at: row.at, hash: row.hash };
    }
    options.onProgress?.(before + Number(place.seq));
    if (batch.rows.length === size) continue;
    const broken = checkEnd(chain, place);
    return { rows: Number(place.seq), ...(broken && { broken }) };
  }
}

function checkRow(
  chain: number,
  last: Place,
  row: EventRow,
  neighbours: readonly EventRow[],
): AuditBreak | undefined {
  const seq = BigInt(row.seq);
  const expected = last.seq + 1n;
  const at = { chain, seq: expected.toString() };
  if (chain < 0 || chain >= CHAINS) {
    return { ...at, problem: 'forged', message: `Portolan writes no chain ${chain}.` };
  }
  if (seq > expected) {
    return { ...at, problem: 'missing', message: missing(chain, last, row) };
  }
  if (seq < expected) {
    const message =
      seq < 1n
        ? `Portolan writes no row ${seq}: ${row.id} was slipped into chain ${chain}.`
        : `Chain ${chain} has a second row ${seq}: ${row.id} was slipped in.`;
    return { chain, seq: row.seq, problem: 'forged', message };
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
  if (!row.prevHash.equals(last.hash)) {
    const message = `The row ${row.id} (${row.action}) does not continue row ${seq - 1n}: one of the two was put in place of another.`;
    return { ...at, problem: 'forged', message };
  }
}

/** With the times around the gap: a whole month that was dropped is known by them. */
function missing(chain: number, last: Place, next: EventRow): string {
  const from = last.seq + 1n;
  const to = BigInt(next.seq) - 1n;
  const which = to > from ? `Rows ${from} to ${to} are` : `Row ${from} is`;
  const until = next.at.toISOString();
  const when = last.at ? `between ${last.at.toISOString()} and ${until}` : `before ${until}`;
  return `${which} missing from chain ${chain}, ${when}.`;
}

/** The rows have to end where the next writer would go on. */
function checkEnd({ chain, end, endHash }: Chain, last: Place): AuditBreak | undefined {
  const at = { chain, seq: (last.seq + 1n).toString() };
  const written = BigInt(end ?? 0);
  const when = last.at ? ` of ${last.at.toISOString()}` : '';
  if (written > last.seq) {
    const message = `Chain ${chain} ends at row ${last.seq}${when}, but row ${written} was written: its end was cut off.`;
    return { ...at, problem: 'truncated', message };
  }
  if (written < last.seq) {
    const first = (written + 1n).toString();
    const message = `Row ${first} of chain ${chain} was not written by Portolan, whose last is ${written}.`;
    return { chain, seq: first, problem: 'forged', message };
  }
  if (endHash !== Buffer.from(last.hash).toString('hex')) {
    const message = `Row ${last.seq} of chain ${chain} is not the one that was written last: the chain was written anew.`;
    return { chain, seq: last.seq.toString(), problem: 'rewritten', message };
  }
}
