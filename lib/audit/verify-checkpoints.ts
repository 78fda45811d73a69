import type pg from 'pg';
import { type ChainHead, GENESIS, hashCheckpoint } from './event';
import type { AuditBreak, VerifyOptions } from './report';
import { keptCheckpoints, readSigned } from './signed';

interface CheckpointRow {
  seq: string;
  at: Date;
  heads: ChainHead[];
  prevHash: Buffer;
  hash: Buffer;
  signature: string | null;
}
interface Sealed {
  checkpoints: number;
  last: { seq: string; hash: string } | null;
  broken?: AuditBreak;
}

const BATCH = 500;

/**
 * Every checkpoint continues the one before it and is signed since the first that was, every head it sealed is
 * still in the log, and those that were kept as files are still there.
 */
export async function verifyCheckpoints(
  client: pg.PoolClient,
  options: VerifyOptions,
): Promise<Sealed> {
  const sealed: Sealed = { checkpoints: 0, last: null };
  const known = new Map<number, string>();
  let prevHash: Uint8Array = GENESIS;
  let isSigned = false;
  for (;;) {
    const batch = await client.query<CheckpointRow>(
      'select * from audit_checkpoint where seq > $1 order by seq limit $2',
      [sealed.checkpoints, BATCH],
    );
    const changed: (ChainHead & { checkpoint: string })[] = [];
    for (const row of batch.rows) {
      const broken = checkOne(row, sealed.checkpoints + 1, prevHash, options);
      if (broken) return { ...sealed, broken };
      const unsigned = await checkSignature(row, isSigned);
      if (unsigned) return { ...sealed, broken: unsigned };
      isSigned = row.signature !== null;
      for (const head of row.heads) {
        if (known.get(head.chain) === head.hash) continue;
        known.set(head.chain, head.hash);
        changed.push({ ...head, checkpoint: row.seq });
      }
      sealed.checkpoints += 1;
      sealed.last = { seq: row.seq, hash: row.hash.toString('hex') };
      prevHash = row.hash;
    }
    const broken = await lostHead(client, changed);
    if (broken) return { ...sealed, broken };
    if (batch.rows.length < BATCH) break;
  }
  const { anchor } = options;
  if (anchor && BigInt(anchor.seq) > BigInt(sealed.checkpoints)) {
    const message = `The log ends before checkpoint ${anchor.seq}, which was noted elsewhere.`;
    const seq = String(sealed.checkpoints + 1);
    return { ...sealed, broken: { chain: null, seq, problem: 'truncated', message } };
  }
  if (sealed.checkpoints > 0 && !isSigned) {
    const message =
      'No checkpoint is signed. Portolan signs each: these were made by something else.';
    return { ...sealed, broken: { chain: null, seq: '1', problem: 'forged', message } };
  }
  const lost = await lostFile(client);
  return lost ? { ...sealed, broken: lost } : sealed;
}

/** Once one is signed all after it are, about themselves. */
async function checkSignature(
  row: CheckpointRow,
  isSigned: boolean,
): Promise<AuditBreak | undefined> {
  const at = { chain: null, seq: row.seq, problem: 'forged' as const };
  if (row.signature === null) {
    return isSigned
      ? { ...at, message: `Checkpoint ${row.seq} is not signed, though the one before it is.` }
      : undefined;
  }
  const signed = await readSigned(row.signature);
  if (signed?.seq === row.seq && signed.hash === row.hash.toString('hex')) return undefined;
  return { ...at, message: `Checkpoint ${row.seq} does not carry this portal’s signature.` };
}

/** The files of past days name checkpoints that have to be in the log still. */
async function lostFile(client: pg.PoolClient): Promise<AuditBreak | undefined> {
  for (const { file, signature } of await keptCheckpoints()) {
    const signed = await readSigned(signature);
    if (!signed) {
      const message = `The file checkpoints/${file} does not carry this portal’s signature.`;
      return { chain: null, seq: '0', problem: 'forged', message };
    }
    const { rows } = await client.query<{ hash: string }>(
      `select encode(hash, 'hex') as hash from audit_checkpoint where seq = $1`,
      [signed.seq],
    );
    const at = { chain: null, seq: signed.seq };
    if (!rows[0]) {
      const message = `The log ends before checkpoint ${signed.seq} of ${signed.at}, which the file checkpoints/${file} keeps: its end was cut off.`;
      return { ...at, problem: 'truncated', message };
    }
    if (rows[0].hash !== signed.hash) {
      const message = `Checkpoint ${signed.seq} is not the one of ${signed.at} that the file checkpoints/${file} keeps: the log was written anew.`;
      return { ...at, problem: 'rewritten', message };
    }
  }
}

function checkOne(
  row: CheckpointRow,
  expected: number,
  prevHash: Uint8Array,
  { anchor }: VerifyOptions,
): AuditBreak | undefined {
  const at = { chain: null, seq: String(expected) };
  const seq = BigInt(row.seq);
  if (seq !== BigInt(expected)) {
    return { ...at, problem: 'missing', message: `Checkpoint ${expected} is missing.` };
  }
  if (!hashCheckpoint(row.prevHash, seq, row.at, row.heads).equals(row.hash)) {
    const message = `Checkpoint ${seq} is not the one its hash was made from.`;
    return { ...at, problem: 'altered', message };
  }
  if (!row.prevHash.equals(prevHash)) {
    const message = `Checkpoint ${seq} does not continue checkpoint ${seq - 1n}.`;
    return { ...at, problem: 'forged', message };
  }
  if (anchor?.seq === row.seq && anchor.hash !== row.hash.toString('hex')) {
    const message = `Checkpoint ${seq} is not the one that was noted elsewhere.`;
    return { ...at, problem: 'rewritten', message };
  }
}

async function lostHead(
  client: pg.PoolClient,
  heads: readonly (ChainHead & { checkpoint: string })[],
): Promise<AuditBreak | undefined> {
  const { rows } = await client.query<{
    chain: number;
    seq: string;
    checkpoint: string;
    isThere: boolean;
    end: string;
  }>(
    `select h.chain, h.seq, h.checkpoint, e.hash is not null as "isThere",
       (select coalesce(max(seq), 0) from audit_event m where m.chain = h.chain)::text as "end"
     from json_to_recordset($1::json) as h(chain int, seq bigint, hash text, checkpoint bigint)
     left join audit_event e on e.chain = h.chain and e.seq = h.seq
     where e.hash is distinct from decode(h.hash, 'hex')
     order by h.checkpoint, h.chain, h.seq limit 1`,
    [JSON.stringify(heads)],
  );
  const lost = rows[0];
  if (!lost) return undefined;
  const { chain, seq, checkpoint, end } = lost;
  if (lost.isThere) {
    const message = `Row ${seq} of chain ${chain} is not the one that checkpoint ${checkpoint} sealed: the chain was written anew at or before it.`;
    return { chain, seq, problem: 'rewritten', message };
  }
  const message = `Chain ${chain} ends at row ${end}, but checkpoint ${checkpoint} sealed row ${seq}: its end was cut off.`;
  return { chain, seq: String(BigInt(end) + 1n), problem: 'truncated', message };
}
