import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, notify, setClock, systemCtx, transact } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { heard } from '@/lib/runtime/testing/heard';
import {
  domainStandings,
  listScorecards,
  productScorecard,
  recordDue,
  scorecardChanges,
  scorecardCourse,
  scorecardsCsv,
} from '..';
import { judgeProducts } from './evaluate';
import { recordAll } from './record';

useTestDatabase();

const DAY = 86_400_000;
const START = Date.parse('2026-03-02T08:00:00Z');
let clock = START;
let domain: { id: string; name: string };
let owner: { id: string };
let viewer: Ctx;
beforeAll(async () => {
  await seedPolicies(systemCtx('seed'));
  owner = await makeUser();
  viewer = await ctxOf(await makeUser());
});
beforeEach(async () => {
  clock = START;
  setClock(() => clock);
  await db().scorecard.deleteMany();
  await db().scorecardChange.deleteMany();
  await db().scorecardClock.deleteMany();
  await db().product.updateMany({ data: { status: 'retired' } });
  domain = await makeDomain();
});

const make = (data: Partial<Parameters<typeof makeProduct>[0]> = {}) =>
  makeProduct({ domainId: domain.id, ownerId: owner.id, ...data });
const describedWith = (id: string, description: string) =>
  db().product.update({ where: { id }, data: { description } });
const history = (productId: string) =>
  db().scorecardChange.findMany({ where: { productId }, orderBy: { at: 'asc' } });
const LONG = 'One row for each order of a customer.';

describe('recording', () => {
  it('appends a row when something changed, and only then', async () => {
    const { id } = await make();
    await recordAll();
    const [first] = await history(id);
    expect(first).toMatchObject({ at: new Date(START), level: 0, before: null, changes: [] });
    clock += DAY;
    await recordAll();
    await recordAll();
    expect(await history(id)).toHaveLength(1);
    await describedWith(id, LONG);
    await recordAll();
    const rows = await history(id);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({ at: new Date(START + DAY), level: 0, before: 0 });
    expect(rows[1]!.changes).toEqual([{ check: 'described', from: 'fail', to: 'pass' }]);
    expect(rows[1]!.score).toBeGreaterThan(rows[0]!.score);
  });

  it('keeps new words of the evidence without a row of history', async () => {
    const { id } = await make();
    await recordAll();
    await describedWith(id, 'Short.');
    await recordAll();
    expect(await history(id)).toHaveLength(1);
    const { results } = await db().scorecard.findUniqueOrThrow({ where: { productId: id } });
    expect(results).toMatchObject({ described: ['fail', 'The description has 6 characters.'] });
  });

  it('is taken by one of several workers, once in five minutes, and is repeated after a crash', async () => {
    const { id } = await make();
    const crash = () => Promise.reject(new Error('killed'));
    await expect(recordDue(crash)).rejects.toThrow('killed');
    expect(await db().scorecardClock.findFirst()).toMatchObject({ recordedAt: null });
    expect(await recordDue()).toBe(false);
    clock += 300_000;
    const taken = await Promise.all([recordDue(), recordDue(), recordDue()]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await history(id)).toHaveLength(1);
    expect((await listScorecards(viewer)).recordedAt).toBe(new Date(clock).toISOString());
  });

  it('does not let a new product wait for the round', async () => {
    expect(await recordDue()).toBe(true);
    const { id } = await make();
    clock += 1000;
    expect(await recordDue()).toBe(false);
    expect(await history(id)).toMatchObject([{ at: new Date(START + 1000), before: null }]);
  });

  it('writes each change once while several record at the same time', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => make()));
    await Promise.all([recordAll(), recordAll(), recordAll()]);
    for (const { id } of made) expect(await history(id)).toHaveLength(1);
  });

  it('ends the history of a product that is scored no more', async () => {
    const { id } = await make();
    await recordAll();
    clock += DAY;
    await db().product.update({ where: { id }, data: { status: 'retired' } });
    await recordAll();
    await recordAll();
    expect((await history(id)).map(({ level }) => level)).toEqual([0, null]);
    expect((await listScorecards(viewer, { domain: domain.name })).total).toBe(0);
    const { points } = await scorecardCourse(viewer, { domain: domain.name, range: '7d' });
    expect(points.map(({ counts }) => counts[0])).toEqual([1, 0]);
  });

  it('asks the database no more often for many products than for one', async () => {
    const made = await Promise.all(Array.from({ length: 30 }, () => make()));
    let asked = 0;
    const counting = new Proxy(db(), {
      get: (client, name) => {
        if (name === '$queryRaw') asked += 1;
        return Reflect.get(client, name) as unknown;
      },
    });
    const { judged } = await judgeProducts(
      made.map(({ id }) => id),
      counting,
    );
    expect([judged.length, asked]).toEqual([30, 1]);
  });
});

describe('what is told of it', () => {
  it('counts products by level day by day, and nothing before the first recording', async () => {
    await make();
    clock = START + 2 * DAY;
    await recordAll();
    clock = START + 4 * DAY;
    await make();
    await recordAll();
    clock = START + 5 * DAY;
    const { since, points } = await scorecardCourse(viewer, { domain: domain.name, range: '30d' });
    expect(since).toBe(new Date(START + 2 * DAY).toISOString());
    expect(points.map(({ at, counts }) => [at.slice(0, 10), counts])).toEqual([
      ['2026-03-04', [1, 0, 0, 0]],
      ['2026-03-05', [1, 0, 0, 0]],
      ['2026-03-06', [2, 0, 0, 0]],
      ['2026-03-07', [2, 0, 0, 0]],
    ]);
    expect(await scorecardCourse(viewer, { domain: (await makeDomain()).name })).toEqual({
      ...{ since: null, points: [] },
      recordedAt: new Date(START + 4 * DAY).toISOString(),
    });
  });

  it('lists, narrows, sorts and pages', async () => {
    const low = await make({ title: 'Aaa' });
    const high = await make({ title: 'Bbb', description: LONG });
    await recordAll();
    const titles = async (filter: Parameters<typeof listScorecards>[1]) =>
      (await listScorecards(viewer, { domain: domain.name, ...filter })).items.map(
        (one) => one.title,
      );
    expect(await titles({})).toEqual([low.title, high.title]);
    expect(await titles({ sort: 'highest' })).toEqual([high.title, low.title]);
    expect(await titles({ check: 'described' })).toEqual([low.title]);
    expect(await titles({ check: 'described', state: 'pass' })).toEqual([high.title]);
    expect(await titles({ q: 'bb' })).toEqual([high.title]);
    expect(await titles({ q: '%' })).toEqual([]);
    expect(await titles({ property: 'secure', level: 3 })).toEqual([low.title, high.title]);
    expect(await titles({ level: 3 })).toEqual([]);
    const { counts, total } = await listScorecards(viewer, { domain: domain.name, level: 3 });
    expect([counts, total]).toEqual([[2, 0, 0, 0], 0]);
    await expect(titles({ level: 9 })).rejects.toThrow();
    for (let at = 0; at < 51; at += 1) await make();
    await recordAll();
    const first = await listScorecards(viewer, { domain: domain.name });
    const second = await listScorecards(viewer, { domain: domain.name, page: 2 });
    expect([first.items.length, first.hasMore, second.items.length]).toEqual([50, true, 3]);
    const csv = await scorecardsCsv(viewer, { domain: domain.name, q: 'Aaa' });
    expect(csv).toMatch(/^product,title,owner,level,score,discoverable,/);
    expect(csv).toContain(`${domain.name}/${low.name},Aaa,`);
  });

  it('gives a domain the level that four of five of its products have reached', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => make()));
    await recordAll();
    const standing = async () =>
      (await domainStandings(viewer)).find((one) => one.domain === domain.name)!;
    const setLevels = (levels: number[]) =>
      Promise.all(
        levels.map((level, at) =>
          db().scorecard.update({
            where: { productId: made[at]!.id },
            data: { level, levels: Array(8).fill(level), score: level * 10 },
          }),
        ),
      );
    await setLevels([0, 2, 2, 2, 3]);
    expect(await standing()).toMatchObject({
      ...{ products: 5, level: 2, levels: Array(8).fill(2), score: 18, counts: [1, 0, 3, 1] },
    });
    await setLevels([0, 0, 2, 2, 3]);
    expect(await standing()).toMatchObject({ level: 0, counts: [2, 0, 2, 1] });
  });

  it('says of one product what is so at this moment, what changed, and what to do next', async () => {
    const { id, name } = await make();
    await recordAll();
    clock += DAY;
    await describedWith(id, LONG);
    const address = { domain: domain.name, product: name };
    const card = await productScorecard(viewer, address);
    expect(card.recorded?.score).toBeLessThan(card.standing!.score);
    const ids = card.next.map(({ check }) => check.id);
    expect(ids).not.toContain('described');
    expect(ids.slice(0, 2)).toEqual(['live', 'columns-described']);
    expect(card.next[0]).toMatchObject({ isBlocking: true, lifts: expect.anything() });
    expect(card.next.find(({ check }) => check.id === 'objectives')?.href).toBe(
      `/products/${domain.name}/${name}/slo`,
    );
    await recordAll();
    const { items } = await scorecardChanges(viewer, { ...address });
    expect(items.map(({ before, changes }) => [before, changes.map((one) => one.title)])).toEqual([
      [0, ['A sentence says what it is']],
      [null, []],
    ]);
  });

  it('has no standing of a draft, and does not know what is not there', async () => {
    const { name } = await make({ status: 'draft' });
    const at = { domain: domain.name, product: name };
    expect(await productScorecard(await ctxOf(owner), at)).toMatchObject({
      standing: null,
      next: [],
    });
    await expect(productScorecard(viewer, at)).rejects.toMatchObject({ code: 'not_found' });
    await expect(productScorecard(viewer, { ...at, product: 'nothing' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('leaves out what the viewer may not find', async () => {
    const hidden = await make({ classification: 'restricted' });
    await make();
    await recordAll();
    const policy = `forbid (principal is User, action == Action::"discover", resource)
      when { resource.classification == "restricted" } unless { principal.isSteward };`;
    const document = {
      ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'hide' } },
      spec: { cedar_policies: [{ id: 'hide', policy }] },
    };
    await transact(async (tx) => {
      await tx.policyDocument.create({
        data: { id: newId(), name: 'hide', version: 1, stage: 'enforced', yaml: '', document },
      });
      await notify(tx, 'portolan_policy', 'hide');
    });
    await heard();
    const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
    const scope = { domain: domain.name };
    const counted = async (ctx: Ctx) => [
      (await listScorecards(ctx, scope)).total,
      (await domainStandings(ctx)).find((one) => one.domain === domain.name)?.products,
      (await scorecardCourse(ctx, scope)).points.at(-1)?.counts[0],
      (await scorecardChanges(ctx, scope)).items.length,
      (await scorecardsCsv(ctx, scope)).trim().split('\r\n').length - 1,
    ];
    expect(await counted(steward)).toEqual([2, 2, 2, 2, 2]);
    expect(await counted(viewer)).toEqual([1, 1, 1, 1, 1]);
    const address = { domain: domain.name, product: hidden.name };
    await expect(productScorecard(viewer, address)).rejects.toMatchObject({ code: 'not_found' });
  });
});
