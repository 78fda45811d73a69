import pg from 'pg';
import { expect, it } from 'vitest';
import { audit, verifyAudit } from '@/lib/audit';
import { GENESIS, hashEvent, toEntry } from '@/lib/audit/event';
import { pool, setClock, systemCtx, transact } from '@/lib/core';
import { useTestDatabase } from '../testing/database';
import { migrate } from './migrate';
import { prepareDatabase } from './roles';

const database = useTestDatabase();
const BY_MONTH = '20261125001000_audit_by_month';
const CHAINS = [0, 3, 15];
/** Around the ends of months, a year's end among them, and one in a month that has no other row. */
const TIMES = [
  '2025-10-05T12:00:00.000Z',
  '2025-12-31T23:59:59.999Z',
  '2026-01-01T00:00:00.000Z',
  '2026-02-28T23:59:59.999Z',
  '2026-03-01T00:00:00.000Z',
];
const INSERT = `insert into audit_event (chain, seq, id, at, kind, action, "actorType", "actorId", "actorLabel", decision,
    "targetType", "targetId", "domainId", "productId", "requestId", detail, "prevHash", hash)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

/** As a version before the months wrote it. */
async function writeChain(client: pg.Client, chain: number): Promise<void> {
  let prevHash: Buffer = GENESIS;
  for (const [index, at] of TIMES.entries()) {
    setClock(() => Date.parse(at));
    const entry = toEntry(systemCtx('test'), { action: 'test.write', detail: { chain, index } });
    const seq = BigInt(index + 1);
    const hash = hashEvent(prevHash, chain, seq, entry);
    const { id, kind, action, actorType, actorId, actorLabel, decision } = entry;
    const { targetType, targetId, domainId, productId, requestId, detail } = entry;
    await client.query(INSERT, [
      ...[chain, seq, id, entry.at, kind, action, actorType, actorId, actorLabel, decision],
      ...[targetType, targetId, domainId, productId, requestId, detail, prevHash, hash],
    ]);
    prevHash = hash;
  }
  setClock(undefined);
}

it('carries the rows of a log that was one table over into its months, and its chains go on', async () => {
  const { ownerUrl, appUrl } = database.current;
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('drop schema public cascade; create schema public');
    await migrate(ownerUrl, (name) => name < BY_MONTH);
    for (const chain of CHAINS) await writeChain(client, chain);
  } finally {
    await client.end();
  }
  await prepareDatabase(ownerUrl, new URL(appUrl).password);

  const { rows } = await pool().query<{ month: string; rows: number }>(
    'select tableoid::regclass::text as month, count(*)::int as rows from audit_event group by 1 order by 1',
  );
  const each = CHAINS.length;
  expect(rows).toEqual([
    { month: 'audit_event_2025_10', rows: each },
    { month: 'audit_event_2025_12', rows: each },
    { month: 'audit_event_2026_01', rows: each },
    { month: 'audit_event_2026_02', rows: each },
    { month: 'audit_event_2026_03', rows: each },
  ]);
  const total = TIMES.length * each;
  expect(await verifyAudit()).toMatchObject({ ok: true, rows: total });

  for (let more = 0; more < 40; more += 1) {
    await transact(async (tx) => audit(tx, systemCtx('test'), { action: 'test.after' }));
  }
  expect(await verifyAudit()).toMatchObject({ ok: true, rows: total + 40 });
  const { rows: heads } = await pool().query<{ wrong: number }>(
    `select count(*)::int as wrong from audit_head h where seq <>
      coalesce((select max(seq) from audit_event e where e.chain = h.chain), 0)`,
  );
  expect(heads).toEqual([{ wrong: 0 }]);
  const change = pool().query(`update audit_event set action = 'x' where chain = 3`);
  await expect(change).rejects.toThrow();
});
