import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grantAccess, revokeGrant } from '@/lib/access';
import { verifyAudit } from '@/lib/audit';
import { createApiToken } from '@/lib/auth';
import { type Ctx, db, pool, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { startWorkerProcess } from '@/lib/jobs/testing/worker-process';
import { closeLake } from '@/lib/platform/lake';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { type ApiProcess, startApiProcess } from './testing/api-process';

const database = useTestDatabase();
const ids: Record<string, string> = {};
let owner: Ctx;
let guest: { email: string };
let authorization: string;

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const admin = await makeMember(domain.id, 'data_admin');
  owner = await ctxOf(admin);
  guest = await makeUser();
  for (const [name, classification] of [
    ['orders', 'internal'],
    ['salaries', 'restricted'],
  ] as const) {
    const { product } = await makeLiveProduct({
      ...{ domainId: domain.id, ownerId: admin.id, name, classification },
      fields: [{ name: 'id', type: 'long' }],
      sql: 'select i as id from range(20000) t(i)',
    });
    ids[name] = product.id;
  }
  const reader = await makeMember(domain.id, 'data_consumer');
  const { token } = await createApiToken(await ctxOf(reader), {
    ...{ name: 'test', scopes: ['data:read', 'catalog:read'], expiresInDays: 1 },
  });
  authorization = `Bearer ${token}`;
});
afterAll(() => closeLake());

/** Every way that rows leave, and refusals. */
const ADDRESSES = ['orders/rows', 'salaries/rows', 'orders/rows.csv', 'salaries/rows.csv']
  .concat(['orders/rows.ndjson', 'orders/rows.parquet', 'orders/rows?limit=1'])
  .map((rest) => `/api/v1/data/sales/${rest}`);
const get = (api: ApiProcess, address: string) =>
  fetch(`${api.origin}${address}`, { headers: { authorization } });

interface Received {
  address: string;
  status: number;
  decisionId: string | null;
}

const CALLERS = 24;
const MOST = 2000;

/** Reads from many callers until the server is gone. `instant` is called once so many answers have begun. */
async function load(api: ApiProcess, begun: number, instant: () => Promise<unknown>) {
  const received: Received[] = [];
  let sent = 0;
  let cut = 0;
  const caller = async () => {
    while (sent < MOST) {
      const address = ADDRESSES[sent % ADDRESSES.length]!;
      sent += 1;
      try {
        const response = await get(api, address);
        // The head has reached the client; what follows may be cut off.
        const decisionId = response.headers.get('x-portolan-decision');
        received.push({ address, status: response.status, decisionId });
        if (received.length === begun) void instant();
        await response.arrayBuffer();
      } catch {
        cut += 1;
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { received, cut };
}

describe('no decision is lost', () => {
  it.each([1, 25, 120, 400])(
    'when web and worker are killed under load, after %i answers have begun',
    async (begun) => {
      const api = await startApiProcess();
      const worker = startWorkerProcess();
      await worker.ready;
      // The worker has something to do, and its rows go to the same chains.
      const given = { productId: ids.orders!, email: guest.email, purpose: 'A study' };
      const changes = (async () => {
        for (let round = 0; round < 5; round += 1) {
          await revokeGrant(owner, await grantAccess(owner, given));
        }
      })();
      const { received, cut } = await load(api, begun, () =>
        Promise.all([api.kill(), worker.kill()]),
      );
      await changes;
      expect(received.length).toBeGreaterThanOrEqual(begun);
      // It was killed with answers on their way.
      expect(cut).toBeGreaterThan(0);
      const rows = await db().auditEvent.findMany({
        where: { id: { in: received.map((one) => one.decisionId ?? 'none') } },
        select: { id: true, decision: true, productId: true },
      });
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const { address, status, decisionId } of received) {
        const isOpen = address.includes('/orders/');
        expect([address, status]).toEqual([address, isOpen ? 200 : 403]);
        expect(byId.get(decisionId ?? 'none')).toMatchObject({
          decision: isOpen ? 'allow' : 'deny',
          productId: isOpen ? ids.orders : ids.salaries,
        });
      }
      expect(byId.size).toBe(received.length);
      expect(await verifyAudit()).toMatchObject({ ok: true });
    },
  );
});

describe('a decision that cannot be written yet', () => {
  const BLOCKED = `select count(*)::int as count from pg_stat_activity where datname = current_database()
    and wait_event_type = 'Lock' and query like '%insert into audit_event%'`;
  const isBlocked = async () =>
    (await pool().query<{ count: number }>(BLOCKED)).rows[0]?.count === 1;
  let api: ApiProcess;
  let holder: pg.Client;
  beforeAll(async () => {
    api = await startApiProcess();
    holder = new pg.Client({ connectionString: database.current.ownerUrl });
    await holder.connect();
  });
  afterAll(async () => {
    await holder.end();
    await api.kill();
  });

  it.each(ADDRESSES)('holds back the first byte of %s', async (address) => {
    await holder.query('begin');
    await holder.query('lock table audit_event in share mode');
    let hasBegun = false;
    const answer = get(api, address).finally(() => {
      hasBegun = true;
    });
    while (!(await isBlocked()));
    // The server answers others meanwhile: it is this answer alone that waits.
    expect((await get(api, '/api/v1/data/sales/orders/metadata')).status).toBe(200);
    expect(hasBegun).toBe(false);
    await holder.query('commit');
    const id = (await answer).headers.get('x-portolan-decision');
    expect(await db().auditEvent.count({ where: { id: id ?? 'none' } })).toBe(1);
  });
});
