import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import {
  archiveCheck,
  createCheck,
  listCustomChecks,
  listScorecards,
  previewCheck,
  productScorecard,
  scorecardChecks,
  updateCheck,
} from '../..';
import { recordAll } from '../record';
import { MAX_EXPRESSION } from './input';
import { MAX_ACTIVE } from './judge';

useTestDatabase();
let steward: Ctx;
let owner: { id: string };
let sales: { id: string; name: string };
let other: { id: string; name: string };
beforeAll(async () => {
  await seedPolicies(systemCtx('seed'));
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  owner = await makeUser();
});
beforeEach(async () => {
  sales = await makeDomain();
  other = await makeDomain();
});
afterEach(() => db().customCheck.deleteMany());

const FIELDS = {
  ...{ name: 'units', title: 'Amounts have a unit', words: 'A column of money says its currency.' },
  ...{ property: 'understandable' as const, level: 2, expression: 'size(columns) > 1' },
  nextStep: 'Write the currency into the description of the column.',
};
const make = (domainId: string, columns: string[], description = 'x') =>
  makeProduct({
    ...{ domainId, ownerId: owner.id },
    fields: columns.map((name) => ({ name, type: 'string', description })),
  });
const resultOf = async (domain: { name: string }, { name }: { name: string }) => {
  const card = await productScorecard(steward, { domain: domain.name, product: name });
  const found = card.properties.flatMap(({ checks }) => checks).find(({ id }) => id === 'units');
  return found && [found.state, found.why];
};

describe('a check of one’s own', () => {
  it('counts on every scorecard of its scope, with its next step', async () => {
    const wide = await make(sales.id, ['a', 'b']);
    const thin = await make(sales.id, ['a']);
    const elsewhere = await make(other.id, ['a']);
    await createCheck(steward, { ...FIELDS, domain: sales.name });
    expect(await resultOf(sales, wide)).toEqual(['pass', 'Its expression holds.']);
    expect(await resultOf(sales, thin)).toEqual(['fail', 'Its expression does not hold.']);
    expect(await resultOf(other, elsewhere)).toBeUndefined();
    const { next } = await productScorecard(steward, { domain: sales.name, product: thin.name });
    expect(next.find(({ check }) => check.id === 'units')?.check.next.words).toBe(FIELDS.nextStep);
    await recordAll();
    const { items } = await listScorecards(steward, { check: 'units' });
    expect(items.map(({ address }) => address)).toEqual([`${sales.name}/${thin.name}`]);
    const { checks } = await scorecardChecks(steward);
    expect(checks.find(({ id }) => id === 'units')?.own).toEqual({
      ...{ domain: sales.name, expression: FIELDS.expression },
    });
  });

  it('that cannot be computed says why, and holds no level back', async () => {
    const product = await make(sales.id, ['a']);
    const before = await productScorecard(steward, { domain: sales.name, product: product.name });
    await createCheck(steward, { ...FIELDS, level: 1, expression: 'measured.accuracy > 90.0' });
    const [state, why] = (await resultOf(sales, product))!;
    expect([state, why]).toEqual(['unknown', expect.stringContaining('has(measured.accuracy)')]);
    const after = await productScorecard(steward, { domain: sales.name, product: product.name });
    expect(after.standing).toEqual(before.standing);
    expect(after.next.some(({ check }) => check.id === 'units')).toBe(false);
  });

  it('keeps every wording, is archived and comes back, and each is audited', async () => {
    const { name: _, ...fields } = FIELDS;
    await createCheck(steward, FIELDS);
    await updateCheck(steward, {
      ...fields,
      name: 'units',
      rev: 1,
      expression: 'size(columns) > 2',
    });
    await expect(updateCheck(steward, { ...fields, name: 'units', rev: 1 })).rejects.toMatchObject({
      code: 'conflict',
    });
    await archiveCheck(steward, { name: 'units', rev: 2 });
    const product = await make(sales.id, ['a']);
    expect(await resultOf(sales, product)).toBeUndefined();
    await archiveCheck(steward, { name: 'units', rev: 3, isArchived: false });
    expect(await resultOf(sales, product)).toMatchObject(['fail', expect.anything()]);
    const { items, mayManage } = await listCustomChecks(steward);
    expect(mayManage).toBe(true);
    expect(
      items[0]!.versions.map(({ rev, isArchived, expression }) => [rev, isArchived, expression]),
    ).toEqual([
      [4, false, 'size(columns) > 2'],
      [3, true, 'size(columns) > 2'],
      [2, false, 'size(columns) > 2'],
      [1, false, 'size(columns) > 1'],
    ]);
    const { id } = await db().customCheck.findUniqueOrThrow({ where: { name: 'units' } });
    const events = await db().auditEvent.findMany({
      where: { targetId: id },
      orderBy: { at: 'asc' },
    });
    expect(events.map(({ action }) => action.split('.').at(-1))).toEqual([
      'create',
      'update',
      'archive',
      'restore',
    ]);
  });

  it('has a name of its own, and there is room for so many', async () => {
    await expect(createCheck(steward, { ...FIELDS, name: 'described' })).rejects.toMatchObject({
      ...{ code: 'conflict', details: { fields: { name: expect.stringContaining('already') } } },
    });
    await createCheck(steward, FIELDS);
    await expect(createCheck(steward, FIELDS)).rejects.toMatchObject({ code: 'conflict' });
    for (let at = 1; at < MAX_ACTIVE; at += 1)
      await createCheck(steward, { ...FIELDS, name: `units-${at}` });
    await expect(createCheck(steward, { ...FIELDS, name: 'more' })).rejects.toMatchObject({
      code: 'precondition',
    });
  });

  it('is written by stewards and platform administrators alone', async () => {
    const stranger = await ctxOf(owner);
    for (const call of [
      () => createCheck(stranger, FIELDS),
      () => previewCheck(stranger, { expression: 'true' }),
      () => archiveCheck(stranger, { name: 'units', rev: 1 }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'forbidden' });
    }
    const admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
    expect(await createCheck(admin, FIELDS)).toEqual({ name: 'units' });
  });
});

describe('the preview', () => {
  it('says how many pass, which fail, and where it cannot be computed', async () => {
    const wide = await make(sales.id, ['a', 'b']);
    const thin = await make(sales.id, ['a']);
    const ask = (expression: string) => previewCheck(steward, { expression, domain: sales.name });
    const named = ({ name, title }: typeof wide) => ({ address: `${sales.name}/${name}`, title });
    expect(await ask('size(columns) > 1')).toEqual({
      ...{ problems: [], products: 2, passing: 1, unknown: { count: 0, listed: [] } },
      failing: { count: 1, listed: [named(thin)] },
    });
    const { unknown } = await ask('size(columns) > 1 || measured.accuracy > 1.0');
    expect(unknown).toEqual({
      count: 1,
      listed: [{ ...named(thin), why: expect.stringContaining('accuracy is not there') }],
    });
    expect((await ask('size(columns) > ')).problems[0]).toMatch(/not CEL: line 1:\d+/);
    expect(await db().customCheck.count()).toBe(0);
    await expect(
      previewCheck(steward, { expression: 'true', domain: 'none' }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('a hostile expression', () => {
  const create = (expression: string) => createCheck(steward, { ...FIELDS, expression });
  it.each([
    ['huge', `${'true && '.repeat(240)}true`],
    ['deep', `${'('.repeat(900)}true${')'.repeat(900)}`],
    ['nested loops', 'columns.all(a, columns.all(b, columns.all(c, a != b && b != c)))'],
    ['about nothing', 'secrets.password == "x"'],
    ['about JavaScript', 'product.constructor.constructor("x")'],
    ['broken', 'size(columns'],
  ])('%s is refused with a reason', async (_, expression) => {
    await expect(create(expression)).rejects.toMatchObject({ code: 'invalid' });
    expect((await previewCheck(steward, { expression })).problems).toHaveLength(1);
  });

  it('longer than allowed is refused', async () => {
    await expect(create(`"${'x'.repeat(MAX_EXPRESSION)}" == ""`)).rejects.toThrow('2,000');
  });

  it('with a pattern that explodes elsewhere is answered at once, wrong types and wide products say why', async () => {
    const long = await make(sales.id, ['a'], `${'a'.repeat(1000)}!`);
    await create('columns.all(c, !c.description.matches("^(a|aa)+$"))');
    expect(await resultOf(sales, long)).toEqual(['pass', expect.anything()]);
    await expect(
      previewCheck(steward, { expression: `${'!'.repeat(1900)}true` }),
    ).resolves.toMatchObject({
      unknown: { count: 0 },
    });
    const ask = async (expression: string) =>
      (await previewCheck(steward, { expression, domain: sales.name })).unknown.listed[0]?.why;
    expect(await ask('product.name > 3')).toBeTruthy();
    expect(await ask('product.name')).toMatch('no yes or no');
    expect(await ask('columns[99].name == "x"')).toBeTruthy();
    const names = Array.from({ length: 1500 }, (_, at) => `c${at}`);
    await make(sales.id, names);
    expect(await ask('columns.all(a, columns.all(b, a.name + b.name != "x"))')).toMatch(
      'too many steps',
    );
  });
});
