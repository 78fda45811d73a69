import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, type PlatformRole, setClock, systemCtx, transact } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  audit,
  exportAudit,
  flushAudit,
  lastVerification,
  listAudit,
  listCheckpoints,
  recordDecision,
  requestVerification,
  sealCheckpoint,
  verifyAndRecord,
  verifyAudit,
} from './index';

const database = useTestDatabase();
const ctx = systemCtx('test');

/** As a superuser who has switched the triggers off. */
async function asSuperuser(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.current.ownerUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

const EMPTY = [
  'truncate audit_event',
  'truncate audit_checkpoint',
  `update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')`,
];

async function longestChain(): Promise<{ chain: number; length: number }> {
  const [row] = await db().$queryRaw<{ chain: number; length: number }[]>`
    select chain, count(*)::int as length from audit_event group by chain order by 2 desc limit 1`;
  return row!;
}

async function write(count: number): Promise<void> {
  await transact(async (tx) => {
    for (let index = 0; index < count; index += 1) {
      audit(tx, ctx, {
        action: 'test.write',
        detail: { index, nested: { z: 1.5, a: ['ü', null] } },
      });
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
  await asSuperuser(...EMPTY);
  await rm(kept(), { recursive: true, force: true });
});

describe('writing', () => {
  it('keeps dense, verifiable chains under 64 transactions and 500 decisions at once', async () => {
    const other = new pg.Pool({ connectionString: database.current.appUrl, max: 4 });
    const { appendAudit, viaPg } = await import('./append');
    const { toEntry } = await import('./event');
    const foreign = async (index: number) => {
      const client = await other.connect();
      await client.query('begin');
      await appendAudit(viaPg(client), [
        toEntry(ctx, { action: 'other.process', detail: { index } }),
      ]);
      await client.query('commit');
      client.release();
    };
    await Promise.all([
      ...Array.from({ length: 64 }, () => write(2)),
      ...Array.from({ length: 500 }, (_, index) =>
        recordDecision(ctx, { action: 'product.read', decision: 'allow', detail: { index } }),
      ),
      ...Array.from({ length: 40 }, (_, index) => foreign(index)),
    ]);
    await other.end();
    const report = await verifyAudit();
    expect(report).toMatchObject({ ok: true, rows: 64 * 2 + 500 + 40 });
    const gaps = await db().$queryRaw`
      select chain from audit_event group by chain having max(seq) <> count(*) or min(seq) <> 1`;
    expect(gaps).toEqual([]);
  });

  it('leaves neither row nor gap when the transaction rolls back', async () => {
    const failing = transact(async (tx) => {
      audit(tx, ctx, { action: 'test.fail' });
      throw new Error('stop');
    });
    await expect(failing).rejects.toThrow('stop');
    const lateFailure = transact(async (tx) => {
      audit(tx, ctx, { action: 'test.fail' });
      const { beforeCommit } = await import('@/lib/core');
      beforeCommit(tx, () => Promise.reject(new Error('late')));
    });
    await expect(lateFailure).rejects.toThrow('late');
    await write(3);
    expect(await verifyAudit()).toMatchObject({ ok: true, rows: 3 });
  });

  it('returns the id of a decision that is already there', async () => {
    const id = await recordDecision(ctx, { action: 'product.read', decision: 'deny' });
    expect(await db().auditEvent.findFirst({ where: { id } })).toMatchObject({
      decision: 'deny',
      kind: 'decision',
      actorLabel: 'system:test',
    });
    await flushAudit();
  });

  it('stores what Postgres text cannot hold in a form that verifies', async () => {
    const detail = { 'a\0b': 'x\0y\ud800', big: 10n, at: new Date(0), tiny: -0, huge: 1e300 };
    await transact(async (tx) => audit(tx, ctx, { action: 'test.\0odd', detail }));
    expect(await verifyAudit()).toMatchObject({ ok: true, rows: 1 });
  });
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
      'a chain cut off as a whole',
      (c) => [`delete from audit_event where chain = ${c}`],
      { seq: '1', problem: 'truncated' },
    ],
  ];
  it.each(cases)('finds %s', async (_name, forge, expected) => {
    await write(20);
    await sealCheckpoint();
    const { chain } = await longestChain();
    await asSuperuser(...forge(chain));
    expect(await broken()).toMatchObject({ chain, ...expected });
  });

  it('finds a cut that was written over and sealed again', async () => {
    await write(20);
    await sealCheckpoint();
    const { chain } = await longestChain();
    await asSuperuser(`delete from audit_event where chain = ${chain} and seq > 15`);
    const { appendAudit, viaPrisma } = await import('./append');
    const { toEntry } = await import('./event');
    const entries = Array.from({ length: 9 }, () => toEntry(ctx, { action: 'test.cover' }));
    await transact(async (tx) => void (await appendAudit(viaPrisma(tx), entries, chain)));
    await sealCheckpoint();
    expect(await broken()).toMatchObject({ chain, seq: '20', problem: 'rewritten' });
  });

  it('finds rows of a chain that Portolan does not write', async () => {
    await write(1);
    await asSuperuser('update audit_event set chain = 99');
    expect(await broken()).toMatchObject({ chain: 99, problem: 'forged' });
  });

  it('finds changed, missing and cut-off checkpoints', async () => {
    for (let index = 0; index < 3; index += 1) {
      await write(1);
      await sealCheckpoint();
    }
    const anchor = (await sealCheckpoint())!;
    expect(await verifyAudit({ anchor })).toMatchObject({ ok: true, checkpoints: 3 });
    await asSuperuser('delete from audit_checkpoint where seq = 3');
    expect(await verifyAudit()).toMatchObject({ ok: true });
    expect(await verifyAudit({ anchor })).toMatchObject({
      ok: false,
      broken: { chain: null, seq: '3', problem: 'truncated' },
    });
    await asSuperuser(`update audit_checkpoint set heads = '[]' where seq = 2`);
    expect(await broken()).toMatchObject({ chain: null, seq: '2', problem: 'altered' });
    await asSuperuser('delete from audit_checkpoint where seq = 1');
    expect(await broken()).toMatchObject({ chain: null, seq: '1', problem: 'missing' });
  });

  it('finds checkpoints that the portal did not sign', async () => {
    for (let index = 0; index < 3; index += 1) {
      await write(1);
      await sealCheckpoint();
    }
    await asSuperuser('update audit_checkpoint set signature = null where seq = 1');
    expect(await broken()).toBeNull();
    await asSuperuser('update audit_checkpoint set signature = null where seq = 3');
    expect(await broken()).toMatchObject({ chain: null, seq: '3', problem: 'forged' });
    await asSuperuser(
      'update audit_checkpoint set signature = (select signature from audit_checkpoint where seq = 2) where seq = 3',
    );
    expect(await broken()).toMatchObject({ chain: null, seq: '3', problem: 'forged' });
    await asSuperuser('update audit_checkpoint set signature = null');
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
      `delete from audit_event where at >= now() + interval '1 hour'`,
      'delete from audit_checkpoint where seq = 2',
    );
    expect(await broken()).toMatchObject({ chain: null, seq: '2', problem: 'truncated' });
    await asSuperuser(...EMPTY);
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

describe('a verification that is asked for', () => {
  it('ends as a row of the log, for those who may read it', async () => {
    const person = { id: newId(), email: 's@x.example', name: 'S', memberships: [] };
    const as = (platformRoles: PlatformRole[]): Ctx => ({
      actor: { type: 'user', ...person, platformRoles },
      requestId: newId(),
      via: 'session',
    });
    const steward = as(['steward']);
    await requestVerification(steward);
    expect(await lastVerification(steward)).toEqual({ last: null, isRunning: true });
    await sealCheckpoint();
    await verifyAndRecord();
    const after = await lastVerification(steward);
    expect(after).toMatchObject({ isRunning: false, last: { report: { ok: true, rows: 1 } } });
    const { checkpoints } = await listCheckpoints(steward);
    expect(checkpoints).toMatchObject([{ seq: '1', signature: expect.stringMatching(/^ey/) }]);
    await expect(requestVerification(as([]))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listCheckpoints(as([]))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('reading', () => {
  const steward: Ctx = {
    actor: {
      type: 'user',
      id: newId(),
      email: 'steward@x.example',
      name: 'S',
      platformRoles: ['steward'],
      memberships: [],
    },
    requestId: 'r-1',
    via: 'session',
  };

  it('pages newest first without a gap or a repeat, at equal times too', async () => {
    await write(25);
    await write(25);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listAudit>> = await listAudit(
        steward,
        {},
        { limit: 7, ...(after ? { after } : {}) },
      );
      seen.push(...page.events.map((event) => event.id));
      after = page.nextPage;
    } while (after);
    expect(seen).toHaveLength(50);
    expect(new Set(seen).size).toBe(50);
  });

  it('filters', async () => {
    await write(2);
    const productId = newId();
    await recordDecision(steward, {
      action: 'product.read',
      decision: 'deny',
      productId,
      detail: { purpose: '100%_sure' },
    });
    const count = async (filter: Parameters<typeof listAudit>[1]) =>
      (await listAudit(steward, filter)).events.length;
    expect(await count({ action: 'product.' })).toBe(1);
    expect(await count({ decision: 'deny' })).toBe(1);
    expect(await count({ productId })).toBe(1);
    expect(await count({ actor: 'Steward@X.example' })).toBe(1);
    expect(await count({ actor: 'system:test' })).toBe(2);
    expect(await count({ text: '100%_S' })).toBe(1);
    expect(await count({ text: '100__s' })).toBe(0);
    expect(await count({ to: new Date(0) })).toBe(0);
    expect(await count({ from: new Date(0), kind: 'decision' })).toBe(1);
  });

  it('refuses people without the permission, and unknown pages', async () => {
    const anybody: Ctx = {
      ...steward,
      actor: { ...steward.actor, platformRoles: [] } as Ctx['actor'],
    };
    await expect(listAudit(anybody, {})).rejects.toMatchObject({ code: 'forbidden' });
    await expect(exportAudit(anybody, {}, 'csv')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(listAudit(steward, {}, { after: 'x' })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('exports CSV that no spreadsheet runs, and NDJSON, and writes that down', async () => {
    await transact(async (tx) =>
      audit(tx, ctx, { action: '=cmd|calc', detail: { quote: '"a,b"' } }),
    );
    let csv = '';
    for await (const chunk of await exportAudit(steward, {}, 'csv')) csv += chunk;
    expect(csv.split('\r\n')).toHaveLength(4);
    expect(csv).toContain(",'=cmd|calc,");
    let lines = '';
    for await (const chunk of await exportAudit(steward, { action: '=cmd' }, 'ndjson'))
      lines += chunk;
    expect(JSON.parse(lines)).toMatchObject({ action: '=cmd|calc', detail: { quote: '"a,b"' } });
    expect((await listAudit(steward, { action: 'audit.export' })).events).toHaveLength(2);
  });
});
