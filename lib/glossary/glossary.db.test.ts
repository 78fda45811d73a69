import { beforeAll, describe, expect, it } from 'vitest';
import { searchCatalog, suggestCatalog } from '@/lib/catalog';
import { type Ctx, db } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import {
  approveTerm,
  createTerm,
  deleteTerm,
  getTerm,
  linkTerm,
  listTerms,
  productTerms,
  restoreTerm,
  unlinkTerm,
  updateTerm,
} from '.';

useTestDatabase();
const definition = 'What is left of a sale after discounts and returns.';
let steward: Ctx;
let producer: Ctx;
let consumer: Ctx;
let product: Awaited<ReturnType<typeof makeProduct>>;
const address = 'sales/deals';

beforeAll(async () => {
  const sales = await makeDomain({ name: 'sales', title: 'Sales' });
  const member = await makeMember(sales.id, 'data_producer');
  producer = await ctxOf(member);
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  consumer = await ctxOf(await makeMember(sales.id, 'data_consumer'));
  product = await makeProduct({
    ...{ domainId: sales.id, ownerId: member.id, name: 'deals', title: 'Deals' },
    ...{ status: 'production', fields: [{ name: 'net', type: 'double' }] },
  });
});

const found = async (q: string) =>
  (await searchCatalog(consumer, { q })).entries.map(({ name }) => name);
const revOf = async (term: string) => (await getTerm(consumer, term)).rev;
const actions = async () =>
  (
    await db().auditEvent.findMany({
      where: { action: { startsWith: 'glossary.' } },
      orderBy: { at: 'asc' },
    })
  ).map(({ action }) => action.slice('glossary.'.length));

describe('a term of the glossary', () => {
  it('finds the products that hold it, by name and by synonym, from the moment on that it is linked', async () => {
    const synonyms = ['turnover', ' Turnover', 'net sales'];
    const { slug } = await createTerm(producer, {
      ...{ name: 'Net Revenue', definition, synonyms, domain: 'sales' },
    });
    expect(slug).toBe('net-revenue');
    expect(await found('turnover')).toEqual([]);
    await linkTerm(producer, { term: 'Net revenue', product: address, column: 'net' });
    const { entries } = await searchCatalog(consumer, { q: 'turnover' });
    expect(entries.map(({ name, matches }) => ({ name, matches }))).toEqual([
      {
        name: 'deals',
        matches: [
          {
            field: 'term',
            parts: [
              { text: 'Net Revenue (', isMarked: false },
              { text: 'Turnover', isMarked: true },
              { text: ', net sales)', isMarked: false },
            ],
          },
        ],
      },
    ]);
    expect((await suggestCatalog(consumer, 'net s')).terms).toEqual([
      { slug: 'net-revenue', name: 'Net Revenue' },
    ]);
    expect(await getTerm(consumer, slug)).toMatchObject({
      ...{ status: 'draft', mayEdit: false, mayLink: false },
      uses: [
        { address, isWhole: false, columns: [{ name: 'net', isGone: false }], mayUnlink: false },
      ],
    });
    expect(await productTerms(producer, product.id)).toMatchObject({
      ...{ mayLink: true, terms: [{ slug, isWhole: false, columns: ['net'] }] },
    });
  });

  it('is found by its new words after it was changed, and not by the old ones', async () => {
    const fields = { name: 'Net revenue', definition, domain: 'sales' };
    const rev = await revOf('net-revenue');
    await updateTerm(producer, { ...fields, term: 'net-revenue', rev, synonyms: ['takings'] });
    expect(await found('takings')).toEqual(['deals']);
    expect(await found('turnover')).toEqual([]);
    const stale = updateTerm(producer, { ...fields, term: 'net-revenue', rev });
    await expect(stale).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is approved by a steward as they saw it, and is a draft again when somebody else changes it', async () => {
    const [term, rev] = ['net-revenue', await revOf('net-revenue')];
    await expect(approveTerm(producer, { term, rev })).rejects.toMatchObject({ code: 'forbidden' });
    const stale = approveTerm(steward, { term, rev: rev - 1 });
    await expect(stale).rejects.toMatchObject({ code: 'conflict' });
    await approveTerm(steward, { term, rev });
    const fields = { name: 'Net revenue', definition, synonyms: ['takings'], domain: 'sales' };
    await updateTerm(steward, { ...fields, term, rev: rev + 1 });
    expect(await getTerm(consumer, term)).toMatchObject({ status: 'approved', rev: rev + 2 });
    await updateTerm(producer, {
      ...fields,
      term,
      rev: rev + 2,
      definition: `${definition} Or so.`,
    });
    expect(await getTerm(consumer, term)).toMatchObject({ status: 'draft', approvedBy: null });
  });

  it('comes back with its links after it was deleted, unless another took its name', async () => {
    const [term, rev] = ['net-revenue', await revOf('net-revenue')];
    const { termId } = await deleteTerm(producer, { term, rev });
    expect(await found('takings')).toEqual([]);
    expect(await productTerms(consumer, product.id)).toMatchObject({ terms: [] });
    await expect(getTerm(consumer, term)).rejects.toMatchObject({ code: 'not_found' });
    await createTerm(producer, { name: 'Net revenue', definition, domain: 'sales' });
    await expect(restoreTerm(producer, { termId })).rejects.toMatchObject({
      ...{ code: 'conflict', details: { fields: { name: expect.any(String) } } },
    });
    await deleteTerm(producer, { term, rev: 1 });
    expect(await restoreTerm(producer, { termId })).toEqual({ slug: term });
    expect(await found('takings')).toEqual(['deals']);
    await unlinkTerm(producer, { term, product: address, column: 'net' });
    expect(await found('takings')).toEqual([]);
    expect(await actions()).toEqual([
      ...['create', 'link', 'update', 'approve', 'update', 'update', 'delete', 'create', 'delete'],
      ...['restore', 'unlink'],
    ]);
  });
});

describe('the glossary', () => {
  it('is written for the mesh by stewards, for a domain by who makes its products', async () => {
    const open = { name: 'Churn', definition: 'How many customers leave in a month.' };
    for (const ctx of [producer, consumer]) {
      await expect(createTerm(ctx, open)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await createTerm(steward, { ...open, related: ['Net revenue'] });
    expect((await getTerm(consumer, 'net-revenue')).related).toEqual([
      { slug: 'churn', name: 'Churn' },
    ]);
    const term = 'churn';
    await expect(linkTerm(consumer, { term, product: address })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await linkTerm(producer, { term, product: address });
    const again = linkTerm(producer, { term, product: address });
    await expect(again).rejects.toMatchObject({ code: 'conflict' });
    const column = linkTerm(producer, { term, product: address, column: 'gross' });
    await expect(column).rejects.toMatchObject({ code: 'invalid' });
    const nowhere = linkTerm(producer, { term, product: 'sales/nothing' });
    await expect(nowhere).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    [{ name: '???' }, 'name'],
    [{ definition: 'Short' }, 'definition'],
    [{ domain: 'nowhere' }, 'domain'],
    [{ owner: 'nobody@portolan.example' }, 'owner'],
    [{ related: ['Nothing'] }, 'related'],
  ])('refuses %j and says where', async (wrong, field) => {
    const made = createTerm(steward, { name: 'Basket', definition, ...wrong });
    const error = await made.then(
      () => null,
      (thrown) => thrown,
    );
    const fields = error.details?.fields ?? { [error.issues[0].path[0]]: '' };
    expect(Object.keys(fields)).toEqual([field]);
  });

  it('is listed in pages by the alphabet, by letter, by words and by state', async () => {
    const { id: ownerId } = await makeUser();
    await db().glossaryTerm.createMany({
      data: Array.from({ length: 60 }, (_, at) => ({
        ...{ id: `many-${at}`, slug: `zone-${100 + at}`, name: `Zone ${100 + at}` },
        ...{ definition, ownerId, status: 'approved' },
      })),
    });
    await createTerm(steward, { name: '360° view', definition });
    const first = await listTerms(consumer, {});
    expect(first.letters).toEqual({ '#': 1, c: 1, n: 1, z: 60 });
    expect(first.items).toHaveLength(50);
    const second = await listTerms(consumer, { after: first.nextPage! });
    expect(second).toMatchObject({ nextPage: null, items: { length: 13 } });
    const slugs = async (filter: Parameters<typeof listTerms>[1]) =>
      (await listTerms(consumer, filter)).items.map(({ slug }) => slug);
    expect(await slugs({ letter: '#' })).toEqual(['360-view']);
    expect(await slugs({ q: 'TAKINGS' })).toEqual(['net-revenue']);
    expect(await slugs({ status: 'draft' })).toEqual(['360-view', 'churn', 'net-revenue']);
    expect((await listTerms(consumer, { q: 'churn' })).items).toMatchObject([{ products: 1 }]);
  });

  it('tells nobody of products that they may not find', async () => {
    const { id: domainId } = await makeDomain({ name: 'hr' });
    const owner = await makeMember(domainId, 'data_admin');
    await makeProduct({ domainId, ownerId: owner.id, name: 'unborn', status: 'draft' });
    await linkTerm(await ctxOf(owner), { term: 'churn', product: 'hr/unborn' });
    expect((await getTerm(consumer, 'churn')).uses.map((use) => use.address)).toEqual([address]);
    expect((await getTerm(await ctxOf(owner), 'churn')).uses).toHaveLength(2);
  });
});
