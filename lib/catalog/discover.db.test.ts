import { beforeAll, describe, expect, it } from 'vitest';
import { grantAccess, productAccess } from '@/lib/access';
import { type Ctx, db, listen, newId, notify, systemCtx, transact } from '@/lib/core';
import { discoverable, mayDiscover, tryDecision } from '@/lib/governance';
import { myWork } from '@/lib/insight';
import { latestQuality } from '@/lib/quality/queries';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { productMetadata, productUsage } from '@/lib/serving';
import { getDomain, listDomains, listProducts, searchCatalog, suggestCatalog } from '.';

useTestDatabase();
const ids: Record<string, string> = {};
let stranger: Ctx;
let member: Ctx;
let steward: Ctx;
let owner: Ctx;

beforeAll(async () => {
  const [hr, sales] = [await makeDomain({ name: 'hr' }), await makeDomain({ name: 'sales' })];
  const boss = await makeMember(hr.id, 'data_producer');
  [owner, member, stranger, steward] = await Promise.all([
    ctxOf(boss),
    ctxOf(await makeMember(hr.id, 'data_consumer')),
    ctxOf(await makeUser()),
    ctxOf(await makeUser({ platformRoles: ['steward'] })),
  ]);
  const make = async (name: string, domainId: string, classification: string, more = {}) => {
    const made = { name, domainId, classification, ownerId: boss.id, tags: [`tag-${name}`] };
    ids[name] = (await makeProduct({ ...made, title: `Ledger ${name}`, ...more })).id;
  };
  await make('salaries', hr.id, 'restricted');
  await make('staff', hr.id, 'internal');
  await make('secret-plan', sales.id, 'internal');
  await make('persons', sales.id, 'confidential', {
    fields: [{ name: 'email', type: 'string', pii: true }],
  });
  await make('orders', sales.id, 'confidential');
  await make('unborn', hr.id, 'internal', { status: 'draft' });
  await db().productInput.create({
    data: { productId: ids.orders!, sourceId: ids.salaries!, alias: 'salaries' },
  });
});

/** Puts Cedar policies in force, as the only ones, and waits until this process has heard of it. */
async function enforce(...policies: string[]): Promise<void> {
  const cedar = policies.map((policy, at) => ({ id: `p${at}`, policy }));
  const document = {
    apiVersion: 'v1',
    kind: 'DataGovernancePolicy',
    metadata: { name: 'hide' },
    spec: { cedar_policies: cedar },
  };
  await discoverable(stranger);
  const heard = Promise.withResolvers<void>();
  const stop = await listen('portolan_policy', () => heard.resolve());
  const row = { version: 1, stage: 'enforced', yaml: '', document, reason: 'test' };
  await transact(async (tx) => {
    await tx.policyDocument.deleteMany({ where: { name: 'hide' } });
    await tx.policyDocument.create({ data: { id: newId(), name: 'hide', ...row } });
    await notify(tx, 'portolan_policy', 'hide');
  });
  await heard.promise;
  stop();
}

const emailOf = (ctx: Ctx) => (ctx.actor.type === 'user' ? ctx.actor.email : '');
const found = async (ctx: Ctx, q = 'ledger') =>
  (await searchCatalog(ctx, { q })).entries.map(({ name }) => name).sort();
const ALL = ['orders', 'persons', 'salaries', 'secret-plan', 'staff'];
const HR = `forbid (principal is User, action == Action::"discover", resource)
  when { resource.classification == "restricted" } unless { principal has membership || principal.isSteward };`;

describe('finding a product', () => {
  it('is for everybody who is signed in while no policy forbids it', async () => {
    await enforce('forbid (principal, action == Action::"read", resource);');
    for (const ctx of [stranger, member, steward, owner]) expect(await found(ctx)).toEqual(ALL);
    expect((await discoverable(stranger)).text).toBe('true');
  });

  it('is taken away everywhere at once: results, counts, facets, suggestions, lists, lineage, page', async () => {
    await enforce(HR);
    const page = await searchCatalog(stranger, {});
    expect(page.entries.map(({ name }) => name)).not.toContain('salaries');
    expect(page.total).toBe(4);
    expect(page.facets.classification.map(({ value }) => value)).not.toContain('restricted');
    expect(page.facets.domain).toEqual([
      { value: 'sales', label: 'sales', count: 3 },
      { value: 'hr', label: 'hr', count: 1 },
    ]);
    const typed = await suggestCatalog(stranger, 'salaries');
    expect(typed.products).toEqual([]);
    expect((await suggestCatalog(stranger, 'tag-sal')).tags).toEqual([]);
    expect((await suggestCatalog(steward, 'tag-sal')).tags).toEqual([{ name: 'tag-salaries' }]);
    const hr = await getDomain(stranger, 'hr');
    expect(hr.products.map(({ name }) => name)).toEqual(['staff']);
    expect((await listDomains(stranger)).map((one) => [one.name, one.productCount])).toEqual([
      ['hr', 1],
      ['sales', 3],
    ]);
    expect((await myWork(stranger)).recent.map(({ name }) => name)).not.toContain('salaries');
    expect((await productMetadata(stranger, 'sales', 'orders')).lineage.inputs).toEqual([]);
    for (const ask of [
      () => productMetadata(stranger, 'hr', 'salaries'),
      () => productUsage(stranger, ids.salaries!),
      () => latestQuality(stranger, ids.salaries!),
      () => productAccess(stranger, ids.salaries!),
      () => tryDecision(stranger, { person: emailOf(stranger), product: 'hr/salaries' }),
    ]) {
      await expect(ask()).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('stays for those whom the policy leaves out', async () => {
    await enforce(HR);
    for (const ctx of [member, steward]) {
      expect(await found(ctx)).toEqual(ALL);
      expect((await productMetadata(ctx, 'sales', 'orders')).lineage.inputs).toEqual([
        'hr/salaries',
      ]);
      expect((await searchCatalog(ctx, {})).total).toBe(5);
    }
    const listed = await listProducts(member, { scope: 'domains' });
    expect(listed.counts.domains).toBe(2);
  });

  it('never shows a draft but to its owner and those who operate it', async () => {
    const drafts = async (ctx: Ctx) =>
      (await getDomain(ctx, 'hr')).products.filter(({ status }) => status === 'draft').length;
    expect(await Promise.all([stranger, member, steward, owner].map(drafts))).toEqual([0, 0, 0, 1]);
    await expect(productAccess(member, ids.unborn!)).rejects.toMatchObject({ code: 'not_found' });
  });

  const on = (when: string) =>
    `forbid (principal is User, action == Action::"discover", resource) when { ${when} };`;
  const policies = [
    on('resource.name == "secret-plan"'),
    on('resource.name like "s*" && !(resource.name like "*f%*")'),
    on('["orders", "staff"].contains(resource.name)'),
    on('resource.hasPersonalData'),
    on('resource.owner != principal'),
    on('!(context has grant)'),
    on('principal has membership && principal.membership.domain == resource.domain'),
    on('resource.status == "production" && resource.classification == "internal"'),
    on('context has purpose && context.purpose == resource.name'),
    'forbid (principal, action, resource) when { resource.classification == "confidential" };',
    'forbid (principal, action in [Action::"discover", Action::"read"], resource) unless { resource.name == "staff" };',
  ];
  it.each(policies)('gives in SQL what Cedar says of each product: %s', async (policy) => {
    await enforce(policy, `${on('resource == Product::"ID"').replace('ID', ids.persons!)}`);
    const asked = [stranger, member, steward, owner, { ...stranger, purpose: 'orders' }];
    for (const ctx of asked) {
      const rows = await db().product.findMany({
        where: { status: { not: 'draft' } },
        include: { domain: true },
      });
      const seen = await Promise.all(
        rows.map(async (row) =>
          (await mayDiscover(ctx, { ...row, domain: row.domain.name })) ? [row.name] : [],
        ),
      );
      expect(await found(ctx), policy).toEqual(seen.flat().sort());
    }
    expect(await found(systemCtx('test'))).toEqual(ALL);
  });

  it('follows a grant', async () => {
    await enforce(on('!(context has grant)'));
    expect(await found(stranger)).toEqual([]);
    const heard = Promise.withResolvers<void>();
    const stop = await listen('portolan_access', () => heard.resolve());
    await grantAccess(owner, {
      productId: ids.orders!,
      email: emailOf(stranger),
      permissions: ['read'],
      purpose: 'a test',
    });
    await heard.promise;
    stop();
    expect(await found(stranger)).toEqual(['orders']);
    expect(await found(member)).toEqual([]);
  });
});
