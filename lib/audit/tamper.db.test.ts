import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { db, setClock, systemCtx, transact } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { appendAudit, viaPrisma } from './append';
import {
  type AuditEntry,
  type ChainHead,
  GENESIS,
  hashCheckpoint,
  hashEvent,
  toEntry,
} from './event';
import { audit, sealCheckpoint, verifyAudit } from './index';
import { asSuperuser, EMPTY_LOG, HEADS_AS_ROWS, longestChain } from './testing/superuser';

const database = useTestDatabase();
const ctx = systemCtx('test');

async function write(count: number): Promise<void> {
  await transact(async (tx) => {
    for (let index = 0; index < count; index += 1) {
      audit(tx, ctx, { action: 'test.write', detail: { index } });
    }
  });
}

const broken = async () => {
  const report = await verifyAudit({ batchSize: 7 });
  return report.ok ? null : report.broken;
};

const kept = () => path.join(database.current.home, 'checkpoints');
beforeEach(async () => {
  setClock(undefined);
  await asSuperuser(database.current, ...EMPTY_LOG);
  await rm(kept(), { recursive: true, force: true });
});

describe('verifying', () => {
  it('accepts an empty log and a sealed one, and seals only when something was written', async () => {
    expect(await verifyAudit()).toEqual({
      ok: true,
      rows: 0,
      chains: 0,
      checkpoints: 0,
      checkpoint: null,
    });
    expect(await sealCheckpoint()).toBeNull();
    await write(20);
    const first = await sealCheckpoint();
    expect(await sealCheckpoint()).toEqual(first);
    await Promise.all([write(1), sealCheckpoint(), write(1), sealCheckpoint()]);
    expect(await verifyAudit({ batchSize: 3 })).toMatchObject({ ok: true, rows: 22 });
  });

  const cases: [string, (chain: number) => string[], object][] = [
    [
      'a changed detail',
      (c) => [`update audit_event set detail = '{"index": 99}' where chain = ${c} and seq = 5`],
      { seq: '5', problem: 'altered' },
    ],
    [
      'a changed actor',
      (c) => [`update audit_event set "actorLabel" = 'somebody' where chain = ${c} and seq = 1`],
      { seq: '1', problem: 'altered' },
    ],
    [
      'a changed time',
      (c) => [`update audit_event set at = at + interval '1 ms' where chain = ${c} and seq = 20`],
      { seq: '20', problem: 'altered' },
    ],
    [
      'a deleted row',
      (c) => [`delete from audit_event where chain = ${c} and seq = 6`],
      { seq: '6', problem: 'missing' },
    ],
    [
      'deleted first rows',
      (c) => [`delete from audit_event where chain = ${c} and seq <= 3`],
      { seq: '1', problem: 'missing' },
    ],
    [
      'two rows that changed places',
      (c) => [
        `update audit_event set seq = -1 where chain = ${c} and seq = 8`,
        `update audit_event set seq = 8 where chain = ${c} and seq = 9`,
        `update audit_event set seq = 9 where chain = ${c} and seq = -1`,
      ],
      { seq: '8', problem: 'reordered' },
    ],
    [
      'a row slipped in at the end',
      (c) => [
        `insert into audit_event select chain, seq + 1, 'forged', at, kind, action, "actorType", "actorId", "actorLabel", decision, "targetType", "targetId", "domainId", "productId", "requestId", detail, hash, hash from audit_event where chain = ${c} and seq = 20`,
      ],
      { seq: '21', problem: 'altered' },
    ],
    [
      'a cut-off end',
      (c) => [`delete from audit_event where chain = ${c} and seq > 15`],
      { seq: '16', problem: 'truncated' },
    ],
    [
      'a second row of one number',
      (c) => [
        `insert into audit_event select chain, seq, 'second', at + interval '1 ms', kind, action, "actorType", "actorId", "actorLabel", decision, "targetType", "targetId", "domainId", "productId", "requestId", detail, "prevHash", hash from audit_event where chain = ${c} and seq = 7`,
      ],
      { seq: '7', problem: 'forged' },
    ],
    [
      'a row before the first',
      (c) => [
        `insert into audit_event select chain, 0, 'zeroth', at, kind, action, "actorType", "actorId", "actorLabel", decision, "targetType", "targetId", "domainId", "productId", "requestId", detail, "prevHash", hash from audit_event where chain = ${c} and seq = 1`,
      ],
      { seq: '0', problem: 'forged' },
    ],
    [
      'a cut-off end whose writers’ place was set back',
      (c) => [`delete from audit_event where chain = ${c} and seq > 15`, HEADS_AS_ROWS],
      { seq: '16', problem: 'truncated' },
    ],
    [
      'a chain that is to go on elsewhere',
      (c) => [`update audit_head set hash = decode(repeat('11', 32), 'hex') where chain = ${c}`],
      { seq: '20', problem: 'rewritten' },
    ],
    [
      'a chain cut off as a whole',
      (c) => [`delete from audit_event where chain = ${c}`],
      { seq: '1', problem: 'truncated' },
    ],
  ];
  it.each(cases)('finds %s', async (_name, forge, expected) => {
    await write(20);
    await sealCheckpoint();
    const chain = await longestChain();
    await asSuperuser(database.current, ...forge(chain));
    expect(await broken()).toMatchObject({ chain, ...expected });
  });

  it('finds a cut that was written over and sealed again', async () => {
    await write(20);
    await sealCheckpoint();
    const chain = await longestChain();
    await asSuperuser(
      database.current,
      `delete from audit_event where chain = ${chain} and seq > 15`,
      HEADS_AS_ROWS,
    );
    const entries = Array.from({ length: 9 }, () => toEntry(ctx, { action: 'test.cover' }));
    await transact(async (tx) => void (await appendAudit(viaPrisma(tx), entries, chain)));
    await sealCheckpoint();
    expect(await broken()).toMatchObject({ chain, seq: '20', problem: 'rewritten' });
  });

  it('finds rows of a chain that Portolan does not write', async () => {
    await write(1);
    await asSuperuser(database.current, 'update audit_event set chain = 99', HEADS_AS_ROWS);
    expect(await broken()).toMatchObject({ chain: 99, problem: 'forged' });
  });

  it('finds changed, missing and cut-off checkpoints', async () => {
    for (let index = 0; index < 3; index += 1) {
      await write(1);
      await sealCheckpoint();
    }
    const anchor = (await sealCheckpoint())!;
    expect(await verifyAudit({ anchor })).toMatchObject({ ok: true, checkpoints: 3 });
    await asSuperuser(database.current, 'delete from audit_checkpoint where seq = 3');
    expect(await verifyAudit()).toMatchObject({ ok: true });
    expect(await verifyAudit({ anchor })).toMatchObject({
      ok: false,
      broken: { chain: null, seq: '3', problem: 'truncated' },
    });
    await asSuperuser(database.current, `update audit_checkpoint set heads = '[]' where seq = 2`);
    expect(await broken()).toMatchObject({ chain: null, seq: '2', problem: 'altered' });
    await asSuperuser(database.current, 'delete from audit_checkpoint where seq = 1');
    expect(await broken()).toMatchObject({ chain: null, seq: '1', problem: 'missing' });
  });

  it('finds checkpoints that the portal did not sign', async () => {
    for (let index = 0; index < 3; index += 1) {
      await write(1);
      await sealCheckpoint();
    }
    await asSuperuser(
      database.current,
      'update audit_checkpoint set signature = null where seq = 1',
    );
    expect(await broken()).toBeNull();
    await asSuperuser(
      database.current,
      'update audit_checkpoint set signature = null where seq = 3',
    );
    expect(await broken()).toMatchObject({ chain: null, seq: '3', problem: 'forged' });
    await asSuperuser(
      database.current,
      'update audit_checkpoint set signature = (select signature from audit_checkpoint where seq = 2) where seq = 3',
    );
    expect(await broken()).toMatchObject({ chain: null, seq: '3', problem: 'forged' });
    await asSuperuser(database.current, 'update audit_checkpoint set signature = null');
    expect(await broken()).toMatchObject({
      problem: 'forged',
      message: expect.stringContaining('No checkpoint is signed'),
    });
  });

  it('finds by the files of past days that the end of everything was cut off, or all written anew', async () => {
    await write(2);
    await Promise.all([sealCheckpoint(), sealCheckpoint()]);
    const tomorrow = Date.now() + 86_400_000;
    setClock(() => tomorrow);
    await write(2);
    await sealCheckpoint();
    await sealCheckpoint();
    const files = await readdir(kept());
    expect(files).toHaveLength(2);
    expect(await verifyAudit()).toMatchObject({ ok: true, checkpoints: 2 });
    await asSuperuser(
      database.current,
      `delete from audit_event where at >= now() + interval '1 hour'`,
      'delete from audit_checkpoint where seq = 2',
      HEADS_AS_ROWS,
    );
    expect(await broken()).toMatchObject({ chain: null, seq: '2', problem: 'truncated' });
    await asSuperuser(database.current, ...EMPTY_LOG);
    await write(3);
    await sealCheckpoint();
    await write(3);
    await sealCheckpoint();
    expect(await broken()).toMatchObject({ chain: null, seq: '1', problem: 'rewritten' });
    const file = path.join(kept(), files.sort()[0]!);
    const [head, , signature] = (await readFile(file, 'utf8')).split('.');
    const body = Buffer.from('{"seq":"1","hash":"00"}').toString('base64url');
    await rm(file);
    await writeFile(file, `${head}.${body}.${signature}`);
    expect(await broken()).toMatchObject({
      problem: 'forged',
      message: expect.stringContaining('signature'),
    });
  });
});

describe('a log forged as a whole', () => {
  /** Other rows, hashed from the beginning on as Portolan would, and the checkpoints made anew over them. */
  async function forge(signature: (seq: number) => string): Promise<void> {
    const rows = await db().auditEvent.findMany({ orderBy: [{ chain: 'asc' }, { seq: 'asc' }] });
    const heads = new Map<number, ChainHead & { bytes: Uint8Array }>();
    const statements: string[] = [];
    for (const { chain, seq, ...row } of rows) {
      const bytes = heads.get(chain)?.bytes ?? GENESIS;
      const forged = { ...row, actorLabel: 'system:somebody-else' } as unknown as AuditEntry;
      const hash = hashEvent(bytes, chain, seq, forged);
      heads.set(chain, { chain, seq: String(seq), hash: hash.toString('hex'), bytes: hash });
      statements.push(
        `update audit_event set "actorLabel" = 'system:somebody-else', hash = '\\x${hash.toString('hex')}',
           "prevHash" = '\\x${Buffer.from(bytes).toString('hex')}' where chain = ${chain} and seq = ${seq}`,
      );
    }
    const sealed = [...heads.values()].map(({ chain, seq, hash }) => ({ chain, seq, hash }));
    let prevHash: Uint8Array = GENESIS;
    for (const checkpoint of await db().auditCheckpoint.findMany({ orderBy: { seq: 'asc' } })) {
      const hash = hashCheckpoint(prevHash, checkpoint.seq, checkpoint.at, sealed);
      statements.push(
        `update audit_checkpoint set heads = '${JSON.stringify(sealed)}', hash = '\\x${hash.toString('hex')}',
           "prevHash" = '\\x${Buffer.from(prevHash).toString('hex')}', signature = ${signature(Number(checkpoint.seq))}
         where seq = ${checkpoint.seq}`,
      );
      prevHash = hash;
    }
    await asSuperuser(database.current, ...statements, HEADS_AS_ROWS);
  }

  beforeEach(async () => {
    await write(10);
    await sealCheckpoint();
    await write(10);
    await sealCheckpoint();
  });

  it('is found by the first checkpoint that is not signed for it', async () => {
    await forge(() => 'signature');
    expect(await broken()).toMatchObject({ chain: null, seq: '1', problem: 'forged' });
  });

  it('is found when it comes without signatures, or a later one is missing', async () => {
    await forge(() => 'null');
    expect(await broken()).toMatchObject({ chain: null, seq: '1', problem: 'forged' });
  });

  it('is found by the files of past days when it comes without checkpoints', async () => {
    await forge(() => 'null');
    await asSuperuser(database.current, 'truncate audit_checkpoint');
    expect(await broken()).toMatchObject({ chain: null, seq: '1', problem: 'truncated' });
  });

  it('is found at the row that the first true checkpoint sealed', async () => {
    const before = await db().auditCheckpoint.findMany({ orderBy: { seq: 'asc' } });
    await forge(() => 'signature');
    await asSuperuser(
      database.current,
      ...before.map(
        ({ seq, heads, prevHash, hash }) =>
          `update audit_checkpoint set heads = '${JSON.stringify(heads)}', hash = '\\x${Buffer.from(hash).toString('hex')}',
             "prevHash" = '\\x${Buffer.from(prevHash).toString('hex')}' where seq = ${seq}`,
      ),
    );
    const [first] = before[0]!.heads as unknown as ChainHead[];
    expect(await broken()).toMatchObject({
      chain: first!.chain,
      seq: first!.seq,
      problem: 'rewritten',
    });
  });
});
