import { beforeAll, describe, expect, it } from 'vitest';
import { recordDecision } from '@/lib/audit';
import { type Ctx, db, newId, systemCtx } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import {
  draftPolicy,
  exportSimulation,
  getSimulation,
  runSimulation,
  savePolicyDraft,
  seedPolicies,
  simulatePolicy,
} from '../index';

useTestDatabase();
const SALES = 'sales-data-governance';
let admin: Ctx;
let consumer: Ctx;
let outsider: Ctx;
let products: { id: string; name: string; domainId: string }[];

const STRICT = `apiVersion: v1
kind: DataGovernancePolicy
metadata:
  name: ${SALES}
  namespace: sales-domain
spec:
  data_retention: 3_years
  access_control: strict_role_based
  validation_rules:
    - id: has-tags
      title: Every product has a tag
      expression: size(product.tags) > 0
      message: Give it a tag.
      level: error
`;

const log = (ctx: Ctx, product: (typeof products)[number], count: number) =>
  Promise.all(
    Array.from({ length: count }, () =>
      recordDecision(ctx, {
        action: 'product.read',
        decision: 'allow',
        target: { type: 'product', id: product.id },
        productId: product.id,
        domainId: product.domainId,
        detail: {},
      }),
    ),
  );

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  const other = await makeDomain({ name: 'hr' });
  await seedPolicies(systemCtx('seed'));
  admin = await ctxOf(await makeMember(domain.id, 'data_admin'));
  const owner = await makeMember(domain.id, 'data_producer');
  consumer = await ctxOf(await makeMember(domain.id, 'data_consumer'));
  const stranger = await makeUser();
  outsider = await ctxOf(stranger);
  const make = (name: string, classification: string, domainId = domain.id) =>
    makeProduct({ domainId, ownerId: owner.id, name, classification });
  products = [
    await make('open', 'public'),
    await make('orders', 'internal'),
    await make('elsewhere', 'public', other.id),
  ];
  const [open, orders, elsewhere] = products;
  await log(outsider, open!, 3);
  await log(consumer, orders!, 2);
  await log(outsider, elsewhere!, 5);
  await db().grant.create({
    data: {
      id: newId(),
      productId: orders!.id,
      subjectId: stranger.id,
      purpose: 'a study',
      grantedById: owner.id,
    },
  });
});

describe('a simulation', () => {
  it('lists what would flip of products, grants and decisions, and says when it is stale', async () => {
    const { policyId } = await draftPolicy(admin, { name: SALES });
    const { rev } = await savePolicyDraft(admin, { policyId, rev: 1, yaml: STRICT, reason: '' });
    const { simulationId } = await simulatePolicy(admin, { policyId, rev });
    await expect(simulatePolicy(admin, { policyId, rev })).rejects.toMatchObject({
      code: 'conflict',
    });
    await runSimulation(simulationId);
    await runSimulation(simulationId);
    const { simulation, flips } = await getSimulation(admin, SALES);
    expect(simulation).toMatchObject({ status: 'succeeded', error: null, isStale: false });
    expect(simulation?.result).toMatchObject({
      products: { checked: 2, stricter: 2, looser: 0 },
      grants: { checked: 1, stricter: 1, looser: 0 },
      decisions: { checked: 5, stricter: 3, looser: 0, skipped: 0 },
      isCut: false,
    });
    expect(flips.map((one) => [one.kind, one.product, one.action, one.count])).toEqual([
      ['product', 'sales/open', 'has-tags', 1],
      ['product', 'sales/orders', 'has-tags', 1],
      ['grant', 'sales/orders', 'read', 1],
      ['decision', 'sales/open', 'read', 3],
    ]);
    expect(flips[3]?.before).toContain('Allowed: Everybody who is signed in');
    expect(flips[3]?.after).toContain('Only people with a role in the domain');
    const grants = await getSimulation(admin, SALES, { kind: 'grant' });
    expect(grants.flips.map((one) => one.kind)).toEqual(['grant']);
    const lines: (readonly string[])[] = [];
    for await (const line of await exportSimulation(admin, SALES)) lines.push(line);
    expect(lines.length).toBe(5);
    expect(lines[0]).toContain('before');

    const saved = await savePolicyDraft(admin, {
      policyId,
      rev,
      yaml: `${STRICT}\n`,
      reason: 'Try',
    });
    expect((await getSimulation(admin, SALES)).simulation?.isStale).toBe(true);
    await expect(simulatePolicy(admin, { policyId, rev })).rejects.toMatchObject({
      code: 'conflict',
    });
    const again = await simulatePolicy(admin, { policyId, rev: saved.rev });
    await savePolicyDraft(admin, { policyId, rev: saved.rev, yaml: STRICT, reason: 'Try' });
    await runSimulation(again.simulationId);
    expect((await getSimulation(admin, SALES)).simulation).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('changed meanwhile'),
    });
  });

  it('counts what cannot be decided any more, and is for who writes the policy', async () => {
    const { policyId, rev } = await getSimulation(admin, SALES);
    const gone = await makeUser();
    await log(await ctxOf(gone), products[0]!, 4);
    await db().user.delete({ where: { id: gone.id } });
    const { simulationId } = await simulatePolicy(admin, { policyId, rev });
    await runSimulation(simulationId);
    const { simulation } = await getSimulation(admin, SALES);
    expect(simulation?.result?.decisions).toMatchObject({ checked: 9, skipped: 4 });
    const refused = { code: 'forbidden' };
    await expect(getSimulation(consumer, SALES)).rejects.toMatchObject(refused);
    await expect(simulatePolicy(consumer, { policyId, rev })).rejects.toMatchObject(refused);
    await expect(exportSimulation(outsider, SALES)).rejects.toMatchObject(refused);
  });
});
