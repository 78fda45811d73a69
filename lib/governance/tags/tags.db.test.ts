import { beforeAll, describe, expect, it } from 'vitest';
import { searchCatalog } from '@/lib/catalog';
import { type Ctx, db, newId, notify, transact } from '@/lib/core';
import { submitProduct } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { heard } from '@/lib/runtime/testing/heard';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import type { DataProduct } from '@/lib/specs';
import {
  approveTag,
  createTag,
  effectivePolicy,
  listTags,
  previewTagMove,
  productTags,
  proposeTags,
  resolveTags,
  retireTag,
  suggestTags,
  updateTag,
} from '../index';

useTestDatabase();
let steward: Ctx;
let producer: Ctx;
let consumer: Ctx;
let domainId: string;
let ownerId: string;
const at = { domain: 'sales' };

beforeAll(async () => {
  await seedMesh();
  const sales = await makeDomain({ name: at.domain });
  domainId = sales.id;
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  const member = await makeMember(sales.id, 'data_producer');
  [ownerId, producer] = [member.id, await ctxOf(member)];
  consumer = await ctxOf(await makeUser());
});

/** A product that carries tags, which are in the vocabulary as proposed. */
async function tagged(tags: string[], data: { classification?: string } = {}) {
  const product = await makeProduct({ domainId, ownerId, ...data });
  const descriptor = product.descriptor as { spec: object };
  await transact(async (tx) => {
    await proposeTags(tx, producer, tags, domainId);
    await tx.product.update({
      where: { id: product.id },
      data: { tags, descriptor: { ...descriptor, spec: { ...descriptor.spec, tags } } },
    });
  });
  return product;
}
async function tagsOf(id: string) {
  const { tags, descriptor } = await db().product.findUniqueOrThrow({ where: { id } });
  return { tags, spec: (descriptor as { spec: { tags?: string[] } }).spec.tags };
}
const row = async (name: string) =>
  (await listTags(steward, { q: name })).items.find((one) => one.name === name);
const revOf = async (tag: string) => (await row(tag))!.rev;
const found = async (tag: string) =>
  (await searchCatalog(producer, { tag: [tag] })).entries.map(({ id }) => id);

/** A policy of the domain in force. */
async function enforce(spec: object): Promise<void> {
  await effectivePolicy(at.domain);
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy' },
    ...{ metadata: { name: 'tagging', namespace: 'sales-domain' }, spec },
  };
  await transact(async (tx) => {
    await tx.policyDocument.deleteMany({ where: { name: 'tagging' } });
    await tx.policyDocument.create({
      data: {
        ...{ id: newId(), name: 'tagging', version: 1, stage: 'enforced', reason: 'test' },
        ...{ yaml: '', document, domainId },
      },
    });
    await notify(tx, 'portolan_policy', 'tagging');
  });
  await heard();
}

describe('a tag', () => {
  it('that nobody used before is a proposal; one that is there is written as the vocabulary does', async () => {
    await createTag(steward, { name: 'CRM', category: 'source' });
    const draft = await makeDraft({ data: { tags: ['crm', 'Churn', 'churn'] } });
    const { productId } = await submitProduct(draft.ctx, draft);
    expect(await tagsOf(productId)).toEqual({ tags: ['CRM', 'Churn'], spec: ['CRM', 'Churn'] });
    expect(await row('Churn')).toMatchObject({ state: 'proposed', owner: null, products: 1 });
    expect(await productTags(draft.ctx, productId)).toEqual([
      { name: 'CRM', state: 'approved', description: '' },
      { name: 'Churn', state: 'proposed', description: '' },
    ]);
    const proposed = await db().auditEvent.findMany({ where: { action: 'tag.propose' } });
    expect(proposed.map(({ detail }) => detail)).toEqual([{ name: 'Churn' }]);
    await approveTag(steward, { tag: 'churn', rev: 1 });
    expect(await row('Churn')).toMatchObject({ state: 'approved', owner: expect.anything() });
    await expect(approveTag(steward, { tag: 'churn', rev: 1 })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  it('is renamed on every product at once: what is found, the contract, the word that was', async () => {
    const [one, two] = [await tagged(['turn-over', 'sales']), await tagged(['turn-over'])];
    expect(await found('turn-over')).toHaveLength(2);
    expect(await previewTagMove(steward, 'turn-over')).toEqual({ products: 2 });
    const rev = await revOf('turn-over');
    const change = { tag: 'turn-over', rev, name: 'Turnover', description: 'What was sold.' };
    expect(await updateTag(steward, change)).toEqual({ products: 2 });
    expect((await found('Turnover')).sort()).toEqual([one.id, two.id].sort());
    const { facets } = await searchCatalog(producer, {});
    const counts = facets.tag.filter(({ value }) => /turn/i.test(value));
    expect(counts.map(({ value, count }) => [value, count])).toEqual([['Turnover', 2]]);
    // An address that was kept finds them too.
    expect(await found('turn-over')).toHaveLength(2);
    expect(await tagsOf(one.id)).toEqual({
      ...{ tags: ['Turnover', 'sales'], spec: ['Turnover', 'sales'] },
    });
    expect(await resolveTags(['TURN-OVER'], at.domain)).toEqual({
      ...{ tags: ['Turnover'], problem: null },
    });
    await expect(updateTag(steward, change)).rejects.toMatchObject({ code: 'conflict' });
    const taken = updateTag(steward, { ...change, tag: 'turnover', rev: rev + 1, name: 'Sales' });
    await expect(taken).rejects.toMatchObject({
      ...{ code: 'conflict', details: { fields: { name: expect.any(String) } } },
    });
    // Back again: the alias gives its name up.
    await updateTag(steward, { tag: 'turnover', rev: rev + 1, name: 'turn-over' });
    expect((await resolveTags(['turnover'], at.domain)).tags).toEqual(['turn-over']);
  });

  it('is merged into another: products, versions, changes that wait and what is served carry that one', async () => {
    const product = await tagged(['cust', 'eu', 'client']);
    const productId = product.id;
    const { descriptor } = await db().product.findUniqueOrThrow({ where: { id: productId } });
    const version = (status: string) => ({
      ...{ id: newId(), productId, version: `1.0.${status.length}`, status },
      ...{ descriptor: descriptor as object, etl: {} },
    });
    await db().contractVersion.createMany({
      data: [version('active'), version('proposed'), version('withdrawn')],
    });
    await createTag(steward, { name: 'customer' });
    const ring = retireTag(steward, { tag: 'cust', rev: 1, replacement: 'cust' });
    await expect(ring).rejects.toMatchObject({ code: 'invalid' });
    await retireTag(steward, { tag: 'client', rev: 1, replacement: 'cust' });
    expect((await tagsOf(productId)).tags).toEqual(['cust', 'eu']);
    const merge = { tag: 'cust', rev: await revOf('cust'), replacement: 'Customer' };
    expect(await retireTag(steward, merge)).toEqual({ products: 1 });
    await expect(retireTag(steward, merge)).rejects.toMatchObject({ code: 'conflict' });
    expect(await tagsOf(productId)).toEqual({ tags: ['customer', 'eu'], spec: ['customer', 'eu'] });
    const versions = await db().contractVersion.findMany({ where: { productId } });
    expect(
      versions
        .map((one) => [one.status, (one.descriptor as unknown as DataProduct).spec.tags?.join()])
        .sort(),
    ).toEqual([
      ['active', 'customer,eu'],
      ['proposed', 'customer,eu'],
      ['withdrawn', 'cust,eu,client'],
    ]);
    // A word that led to the merged one leads on.
    expect(await resolveTags(['client', 'cust'], at.domain)).toEqual({
      ...{ tags: ['customer'], problem: null },
    });
    expect(await row('client')).toMatchObject({ state: 'retired', replacement: 'customer' });
    const audited = await db().auditEvent.findMany({
      where: { action: 'tag.merge' },
      orderBy: { at: 'asc' },
    });
    expect(audited.map(({ detail }) => detail)).toMatchObject([
      { name: 'client', replacement: 'cust', products: 1 },
      { name: 'cust', replacement: 'customer', products: 1 },
    ]);
  });

  it('is retired without another: products have it no more, and it cannot be written', async () => {
    const product = await tagged(['asdf']);
    await retireTag(steward, { tag: 'asdf', rev: 1 });
    expect(await tagsOf(product.id)).toEqual({ tags: [], spec: undefined });
    expect((await resolveTags(['asdf'], at.domain)).problem).toContain('retired');
    await approveTag(steward, { tag: 'asdf', rev: 2 });
    expect((await resolveTags(['asdf'], at.domain)).problem).toBeNull();
  });

  it('that is merged while a product takes it into use is on no product in the end', async () => {
    await tagged(['racing']);
    await createTag(steward, { name: 'race' });
    const use = () => tagged(['racing']).catch((error: { code: string }) => error);
    const results = await Promise.all([
      ...[use(), use()],
      retireTag(steward, { tag: 'racing', rev: 1, replacement: 'race' }),
      ...[use(), use()],
    ]);
    expect(results[2]).toHaveProperty('products');
    const refused = results.flatMap((one) => ('code' in one ? [one.code] : []));
    expect(refused.filter((code) => code !== 'conflict')).toEqual([]);
    expect(await db().product.count({ where: { tags: { has: 'racing' } } })).toBe(0);
    expect((await found('race')).length).toBe(1 + 4 - refused.length);
  });

  it('is the stewards’ to look after', async () => {
    const tag = 'sales';
    for (const ctx of [producer, consumer]) {
      for (const tried of [
        createTag(ctx, { name: 'mine' }),
        updateTag(ctx, { tag, rev: 1, name: 'mine' }),
        approveTag(ctx, { tag, rev: 1 }),
        retireTag(ctx, { tag, rev: 1 }),
        previewTagMove(ctx, tag),
      ]) {
        await expect(tried).rejects.toMatchObject({ code: 'forbidden' });
      }
    }
    const owner = (await db().user.findUniqueOrThrow({ where: { id: ownerId } })).email;
    await expect(createTag(steward, { name: 'theirs', owner })).rejects.toMatchObject({
      details: { fields: { owner: expect.stringContaining('no steward') } },
    });
    const { problem } = await resolveTags(['a,b', 'a\u200bb'], at.domain);
    expect(problem).toMatch(/comma.*cannot be seen/);
  });
});

describe('where a policy allows approved tags only', () => {
  it('another is refused with the approved ones near it, and what a product carries stays', async () => {
    await tagged(['weather']);
    await enforce({ tags: 'approved_only' });
    expect(await resolveTags(['customer'], at.domain)).toMatchObject({ problem: null });
    const { problem } = await resolveTags(['custmer'], at.domain);
    expect(problem).toBe(
      '“custmer” is no approved tag, and a policy allows approved tags only. Near it: customer.',
    );
    expect((await resolveTags(['weather'], at.domain)).problem).toContain('waits for a steward');
    expect((await resolveTags(['weather'], at.domain, ['Weather'])).problem).toBeNull();
    expect((await resolveTags(['qwertz'], at.domain)).problem).toContain('Ask a steward');
    expect((await resolveTags(['qwertz'], 'elsewhere')).problem).toBeNull();
    await enforce({ tags: 'any' });
    expect((await resolveTags(['qwertz'], at.domain)).problem).toBeNull();
  });
});

describe('the vocabulary', () => {
  it('is listed by the alphabet, by words with a typing error, by state, in pages', async () => {
    await db().tag.createMany({
      data: Array.from({ length: 60 }, (_, n) => ({
        ...{ id: newId(), key: `zone-${100 + n}`, name: `Zone-${100 + n}`, state: 'approved' },
      })),
    });
    const first = await listTags(consumer, { q: 'zone', state: 'approved' });
    expect(first).toMatchObject({ items: { length: 50 }, counts: { approved: 60 } });
    expect(first.mayManage).toBe(false);
    const second = await listTags(consumer, { q: 'zone', after: first.nextPage! });
    expect(second).toMatchObject({ items: { length: 10 }, nextPage: null });
    expect((await listTags(steward, { q: 'custmer' })).items.map(({ name }) => name)).toContain(
      'customer',
    );
    expect((await suggestTags(consumer, 'cust')).map(({ name }) => name)).toEqual(['customer']);
    expect(await suggestTags(consumer, 'zone')).toHaveLength(8);
  });

  it('names a word that nobody approved only to who finds a product with it', async () => {
    await tagged(['layoffs'], { classification: 'restricted' });
    const cedar = `forbid (principal is User, action == Action::"discover", resource)
      when { resource.classification == "restricted" } unless { principal has membership };`;
    await enforce({ cedar_policies: [{ id: 'hide', policy: cedar }] });
    expect(await suggestTags(producer, 'layoffs')).toHaveLength(1);
    expect(await suggestTags(consumer, 'layoffs')).toEqual([]);
    expect((await listTags(consumer, { q: 'layoffs' })).items).toEqual([]);
    expect(await row('layoffs')).toMatchObject({ products: 0 });
  });
});
