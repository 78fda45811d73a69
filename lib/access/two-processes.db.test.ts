import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type Ctx, isHearing, listen, systemCtx } from '@/lib/core';
import {
  activatePolicy,
  type DecisionProduct,
  decide,
  draftPolicy,
  savePolicyDraft,
  seedPolicies,
} from '@/lib/governance';
import { type Decider, startDecider } from '@/lib/governance/testing/decider-process';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { grantAccess, revokeGrant } from './index';

const database = useTestDatabase();
let owner: Ctx;
let steward: Ctx;
let reader: { id: string; email: string };
let member: { id: string };
let product: DecisionProduct;
let other: Decider;

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const person = await makeMember(domain.id, 'data_admin');
  owner = await ctxOf(person);
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  reader = await makeUser();
  member = await makeMember(domain.id, 'data_consumer');
  const row = await makeProduct({ domainId: domain.id, ownerId: person.id, name: 'orders' });
  product = { ...row, domain: 'sales' };
  other = startDecider();
});
afterAll(() => other.stop());

const read = () => ({ action: 'read' as const, product });
const letIn = () =>
  grantAccess(owner, { productId: product.id, email: reader.email, purpose: 'An audit' });
const mayRead = async () => (await decide(await ctxOf(reader), read())).allow;

// A decision that is kept has no end of its own: without word of the change these would never pass.
it('a grant given and revoked here is followed in another process', async () => {
  expect(await other.mayDo(reader.id, read())).toBe(false);
  const { grantId } = await letIn();
  await other.until(true, reader.id, read());
  await revokeGrant(owner, { grantId });
  await other.until(false, reader.id, read());
});

it('a policy put in force here is followed in another process', async () => {
  expect(await other.mayDo(member.id, read())).toBe(true);
  const name = 'no-orders';
  const yaml = `apiVersion: v1
kind: DataGovernancePolicy
metadata:
  name: ${name}
spec:
  cedar_policies:
    - id: closed
      policy: 'forbid (principal == User::"${member.id}", action == Action::"read", resource);'
`;
  const { policyId } = await draftPolicy(steward, { name });
  const { rev } = await savePolicyDraft(steward, { policyId, rev: 1, yaml, reason: 'A test' });
  await activatePolicy(steward, { policyId, rev, mode: 'enforce' });
  await other.until(false, member.id, read());
});

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  return work(client).finally(() => client.end());
}
const name = () => new URL(database.current.ownerUrl).pathname.slice(1);
/** The server's end of each process's connection for notifications. */
const LISTENERS = `select pid from pg_stat_activity
  where datname = $1 and application_name = 'portolan-notifications'`;

/** Resolves when the listeners of this process are told that they may have missed something. */
async function told(): Promise<void> {
  const done = Promise.withResolvers<void>();
  const stop = await listen('portolan_access', (payload) => payload === '' && done.resolve());
  return done.promise.then(stop);
}

it('nothing kept is believed while the connection for notifications is down', async () => {
  const { grantId } = await letIn();
  await other.until(true, reader.id, read());
  expect(await mayRead()).toBe(true);
  await other.stop();
  const lost = told();
  await asAdmin(async (client) => {
    // Nobody can connect anew, so the outage lasts as long as this test wants; pools stay connected.
    await client.query(`alter database ${name()} with allow_connections false`);
    await client.query(`select pg_terminate_backend(pid) from (${LISTENERS}) l`, [name()]);
    await lost;
    expect(isHearing()).toBe(false);
    expect(await mayRead()).toBe(true);
    await revokeGrant(owner, { grantId });
    expect(await mayRead()).toBe(false);
    const back = told();
    await client.query(`alter database ${name()} with allow_connections true`);
    await back;
  });
  expect(isHearing()).toBe(true);
  expect(await mayRead()).toBe(false);
});

it('a connection that is silent without an end is found out, and replaced', async () => {
  const lost = told();
  const pid = await asAdmin(async (client) => {
    const { rows } = await client.query<{ pid: number }>(LISTENERS, [name()]);
    expect(rows).toHaveLength(1);
    return rows[0]!.pid;
  });
  // Its server stands still: no answer and no end, as when a network swallows what is sent.
  process.kill(pid, 'SIGSTOP');
  try {
    await lost;
    await told();
    expect(isHearing()).toBe(true);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const { grantId } = await letIn();
  while (!(await mayRead()));
  await revokeGrant(owner, { grantId });
  while (await mayRead());
});
