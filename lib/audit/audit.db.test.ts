import pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, type PlatformRole, setClock, systemCtx, transact } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  type AuditFilter,
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
import { asSuperuser, EMPTY_LOG } from './testing/superuser';

const database = useTestDatabase();
const ctx = systemCtx('test');

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

beforeEach(async () => {
  setClock(undefined);
  await asSuperuser(database.current, ...EMPTY_LOG);
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

  it('looks back page by page for what no index answers, to the beginning and without a repeat', async () => {
    await write(600);
    await recordDecision(steward, { action: 'product.read', decision: 'allow' });
    await write(1200);
    const allowed = await listAudit(steward, { decision: 'allow' });
    expect(allowed).toMatchObject({ nextPage: null, lookedBackTo: null });
    expect(allowed.events.map(({ action }) => action)).toEqual(['product.read']);
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await listAudit(
        steward,
        { kind: 'system', text: 'test.' },
        { limit: 499, after },
      );
      seen.push(...page.events.map((event) => event.id));
      if (!page.nextPage) break;
      after = page.nextPage;
    }
    expect(seen).toHaveLength(1800);
    expect(new Set(seen).size).toBe(1800);
  });

  it('answers each search from an index, in every month', async () => {
    const { conditionsOf } = await import('./filter');
    const searches: [AuditFilter, RegExp][] = [
      [{ actor: 'a@x.example' }, /actorLabel/],
      [{ action: 'policy.' }, /action/],
      [{ productId: 'p' }, /productId/],
      [{ domain: 'd' }, /domainId/],
      [{ requestId: 'r' }, /requestId/],
      [{ decision: 'deny' }, /denied|at_chain_seq/],
      [{}, /at_chain_seq/],
    ];
    const client = new pg.Client({ connectionString: database.current.ownerUrl });
    await client.connect();
    try {
      // The months are empty here: what is asked is whether an index can answer.
      await client.query('set enable_seqscan = off; set enable_sort = off');
      for (const [filter, index] of searches) {
        const { indexed, values } = conditionsOf(filter);
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `explain select * from audit_event ${indexed} order by at desc, chain, seq limit 51`,
          values,
        );
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        expect(plan).not.toContain('Seq Scan on audit_event');
        expect(plan).toMatch(index);
      }
    } finally {
      await client.end();
    }
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
