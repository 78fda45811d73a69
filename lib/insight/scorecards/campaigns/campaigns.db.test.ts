import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Ctx, db, setClock, systemCtx } from '@/lib/core';
import { seedPolicies } from '@/lib/governance';
import type { Durable } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { inline } from '@/lib/runtime/testing/inline-runs';
import {
  archiveCheck,
  campaignProgressCsv,
  closeCampaign,
  countRun,
  createCheck,
  endCampaigns,
  getCampaign,
  listCampaigns,
  type MakeCampaignInput,
  makeCampaign,
  needsMe,
  productScorecard,
  recountCampaign,
  remindOfCampaigns,
} from '../..';
import { recordAll } from '../record';

useTestDatabase();

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-03-02T08:00:00Z');
let clock = START;
let steward: Ctx;
let ann: { id: string };
let bob: { id: string };
let domain: { id: string; name: string };
let products: { id: string; name: string; title: string }[];
beforeAll(async () => {
  await seedPolicies(systemCtx('seed'));
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
});
beforeEach(async () => {
  clock = START;
  setClock(() => clock);
  await db().campaign.deleteMany();
  await db().notification.deleteMany();
  domain = await makeDomain();
  [ann, bob] = [await makeUser(), await makeUser()];
  const make = (ownerId: string, title: string, description?: string) =>
    makeProduct({ domainId: domain.id, ownerId, title, ...(description && { description }) });
  products = [
    await make(ann.id, 'Done', 'One row for each order of a customer.'),
    await make(ann.id, 'Mine'),
    await make(bob.id, 'Theirs'),
  ];
});

const input = (change: Partial<MakeCampaignInput> = {}): MakeCampaignInput => ({
  ...{ title: 'Say what it is', goal: { kind: 'check', target: 'described' } },
  ...{ domains: [domain.name], deadline: '2026-04-01', everyDays: 7 as const },
  ...change,
});
/** Carries out what is queued, as a worker would. */
const nothing = async () => undefined;
async function count(checkpoint: (name: string) => Promise<void> = nothing) {
  const queued = await db().campaignCount.findMany({ where: { status: 'queued' } });
  for (const { id } of queued) await countRun(inline, id, checkpoint);
}
const make = async (change: Partial<MakeCampaignInput> = {}) => {
  const { campaignId } = await makeCampaign(steward, input(change));
  await count();
  return campaignId;
};
const describeIt = (id: string, description = 'One row for each ship of a port.') =>
  db().product.update({ where: { id }, data: { description } });
const told = async ({ id }: { id: string }, kind: string) =>
  db().notification.findMany({ where: { userId: id, kind }, orderBy: { createdAt: 'asc' } });

describe('a campaign', () => {
  it('begins with what is so, follows each product, and its figures are exact at every step', async () => {
    const id = await make();
    const figures = async () => {
      const { reached, products: all, progress } = await getCampaign(steward, id);
      expect(progress.at(-1)).toMatchObject({ reached, products: all });
      return [reached, all];
    };
    expect(await figures()).toEqual([1, 3]);
    clock += DAY;
    await describeIt(products[1]!.id);
    await recordAll();
    expect(await figures()).toEqual([2, 3]);
    clock += DAY;
    await describeIt(products[0]!.id, 'Short.');
    await recountCampaign(steward, { campaignId: id });
    expect(await figures()).toEqual([2, 3]);
    await count();
    expect(await figures()).toEqual([1, 3]);
    clock += DAY;
    await db().product.update({ where: { id: products[2]!.id }, data: { status: 'retired' } });
    await recordAll();
    expect(await figures()).toEqual([1, 2]);
    const { progress } = await getCampaign(steward, id);
    expect(progress.map(({ reached, products: all }) => [reached, all])).toEqual([
      [1, 3],
      [2, 3],
      [1, 3],
      [1, 2],
    ]);
    expect(await campaignProgressCsv(steward, id)).toMatch(
      /^at,reached,products\r\n2026-03-02T08.*,1,3\r\n/,
    );
  });

  it('tells owners of what is left, and stands on their home and on the product until it is done', async () => {
    const id = await make();
    expect(await told(ann, 'campaign.started')).toHaveLength(1);
    expect(await told(bob, 'campaign.started')).toHaveLength(1);
    const mine = async () =>
      (await needsMe(await ctxOf(ann))).filter(({ kind }) => kind === 'campaign');
    expect(await mine()).toMatchObject([
      { title: 'Say what it is: 1 of your products', href: `/insight/campaigns/${id}?mine=yes` },
    ]);
    const address = { domain: domain.name, product: products[1]!.name };
    const parts = async () => (await productScorecard(await ctxOf(ann), address)).campaigns;
    expect(await parts()).toMatchObject([
      { id, goal: 'A sentence says what it is', isReached: false },
    ]);
    await describeIt(products[1]!.id);
    await recordAll();
    expect(await mine()).toEqual([]);
    expect(await parts()).toMatchObject([{ isReached: true }]);
    const list = await getCampaign(await ctxOf(ann), id, { mine: 'yes' });
    expect(list.items.map(({ title, isReached }) => [title, isReached])).toEqual([
      ['Done', true],
      ['Mine', true],
    ]);
    const missing = await getCampaign(steward, id, { state: 'missing' });
    expect(missing.items.map(({ title }) => title)).toEqual(['Theirs']);
  });

  it('reminds once a round, whichever worker comes first and however often it looks', async () => {
    const id = await make();
    expect(await remindOfCampaigns()).toBe(0);
    clock = START + 7 * DAY;
    const sent = await Promise.all([remindOfCampaigns(), remindOfCampaigns(), remindOfCampaigns()]);
    expect(sent.reduce((a, b) => a + b)).toBe(1);
    clock += HOUR;
    expect(await remindOfCampaigns()).toBe(0);
    const [first] = await told(ann, 'campaign.reminder');
    expect(first).toMatchObject({
      title: 'Say what it is: 1 of your products is not there yet',
      body: 'Mine. The campaign ends on 2026-04-01.',
      href: `/insight/campaigns/${id}?mine=yes`,
    });
    await describeIt(products[1]!.id);
    await recordAll();
    // Two rounds that nobody ran are made up for by one, to those who are not done.
    clock = START + 22 * DAY;
    expect(await remindOfCampaigns()).toBe(1);
    expect(await told(ann, 'campaign.reminder')).toHaveLength(1);
    expect(await told(bob, 'campaign.reminder')).toHaveLength(2);
    await closeCampaign(steward, { campaignId: id, rev: 1, outcome: 'Enough.' });
    await count();
    clock = START + 28 * DAY;
    expect(await remindOfCampaigns()).toBe(0);
  });

  it('ends at its deadline, once, with figures that stand from then on', async () => {
    const id = await make({ deadline: '2026-03-10' });
    clock = Date.parse('2026-03-10T23:00:00Z');
    expect(await endCampaigns()).toBe(0);
    await describeIt(products[1]!.id);
    clock = Date.parse('2026-03-11T00:00:00Z');
    const ended = await Promise.all([endCampaigns(), endCampaigns()]);
    expect(ended.reduce((a, b) => a + b)).toBe(1);
    await describeIt(products[2]!.id);
    await recordAll();
    expect(await getCampaign(steward, id)).toMatchObject({
      ...{ status: 'closed', outcome: 'The deadline is over.', reached: 2, products: 3 },
      closedBy: null,
    });
    expect(await told(ann, 'campaign.ended')).toHaveLength(1);
    expect(await told(steward.actor as { id: string }, 'campaign.ended')).toHaveLength(1);
    expect((await listCampaigns(steward)).items).toEqual([]);
    expect((await listCampaigns(steward, { status: 'closed' })).items).toHaveLength(1);
    await expect(
      closeCampaign(steward, { campaignId: id, rev: 2, outcome: 'Again.' }),
    ).rejects.toMatchObject({ code: 'conflict' });
    const actions = await db().auditEvent.findMany({
      where: { targetId: id },
      orderBy: { at: 'asc' },
    });
    expect(actions.map(({ action }) => action)).toEqual(['campaign.create', 'campaign.end']);
  });

  it('wants a level of a property or of the whole, of products by name', async () => {
    const one = `${domain.name}/${products[0]!.name}`;
    const goal = { kind: 'property' as const, target: 'secure' as const, level: 2 };
    const id = await make({ goal, domains: [], products: [one] });
    expect(await getCampaign(steward, id)).toMatchObject({
      ...{ goal: 'Silver in Secure', products: 1, reached: 1 },
    });
    const whole = await make({ goal: { kind: 'level', level: 1 } });
    expect(await getCampaign(steward, whole)).toMatchObject({
      ...{ goal: 'Bronze in every property', products: 3, reached: 0 },
    });
  });

  it('is about the products that its check is asked of, and stands as it was when that is archived', async () => {
    const own = {
      ...{ name: 'wide', title: 'It is wide', words: 'It has more than one column.', level: 1 },
      ...{ property: 'valuable' as const, expression: 'size(columns) > 1' },
      nextStep: 'Add a column to its contract.',
    };
    await createCheck(steward, { ...own, domain: domain.name });
    const goal = { kind: 'check' as const, target: 'wide' };
    const elsewhere = await makeDomain();
    await makeProduct({ domainId: elsewhere.id, ownerId: ann.id });
    const id = await make({ goal, domains: [domain.name, elsewhere.name] });
    const figures = async () => {
      const { goal: words, reached, products: all } = await getCampaign(steward, id);
      return [words, reached, all];
    };
    expect(await figures()).toEqual(['It is wide', 0, 3]);
    await expect(make({ goal, domains: [elsewhere.name] })).rejects.toMatchObject({
      code: 'invalid',
    });
    await archiveCheck(steward, { name: 'wide', rev: 1 });
    await recordAll();
    expect(await figures()).toEqual(['It is wide', 0, 3]);
  });

  it('is refused with the field that is wrong', async () => {
    const refused = (change: Partial<MakeCampaignInput>, field: string) =>
      expect(make(change)).rejects.toMatchObject({
        ...{ code: 'invalid', details: { fields: { [field]: expect.any(String) } } },
      });
    await refused({ deadline: '2026-03-01' }, 'deadline');
    await refused({ deadline: '2028-01-01' }, 'deadline');
    await refused({ domains: ['nowhere'] }, 'domains');
    await refused({ domains: [(await makeDomain()).name] }, 'domains');
    await refused({ domains: [], products: ['no/thing'] }, 'products');
    await refused({ goal: { kind: 'check', target: 'nothing' } }, 'goal.target');
    expect(await db().campaign.count()).toBe(0);
    const stranger = await ctxOf(ann);
    await expect(makeCampaign(stranger, input())).rejects.toMatchObject({ code: 'forbidden' });
    const id = await make();
    for (const call of [
      () => recountCampaign(stranger, { campaignId: id }),
      () => closeCampaign(stranger, { campaignId: id, rev: 1, outcome: 'Enough.' }),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: 'forbidden' });
    }
    await expect(getCampaign(steward, 'nothing')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the count that somebody waits for', () => {
  const counting = async (id: string) => {
    const { status, counting: last, reached, products: all } = await getCampaign(steward, id);
    // How many products there are at all is nothing for who may not find each of them.
    const { counting: told } = await getCampaign(await ctxOf(await makeUser()), id);
    expect(told?.looked ?? null).toBeNull();
    return { status, ...last, ...last?.looked, figures: [reached, all] };
  };
  /** Stops at the instant so many times, as a worker that dies there. */
  const dyingAt = (name: string, times: number) => {
    let left = times;
    return async (at: string) => {
      if (at === name && left-- > 0) throw new Error('killed');
    };
  };

  it('opens a campaign when all are looked at, and only then tells anybody', async () => {
    const { campaignId: id } = await makeCampaign(steward, input());
    expect(await counting(id)).toMatchObject({
      ...{ status: 'beginning', isUnderWay: true, done: 0, products: 3, figures: [0, 0] },
    });
    expect(await told(ann, 'campaign.started')).toHaveLength(0);
    expect((await listCampaigns(steward)).items).toMatchObject([{ id, status: 'beginning' }]);
    const busy = () => recountCampaign(steward, { campaignId: id });
    await expect(busy()).rejects.toMatchObject({ code: 'conflict' });
    // What changes meanwhile is what it begins with.
    await describeIt(products[1]!.id);
    await count();
    expect(await counting(id)).toMatchObject({
      ...{ status: 'open', isUnderWay: false, done: 3, failure: null, figures: [2, 3] },
    });
    expect(await told(ann, 'campaign.started')).toHaveLength(0);
    expect(await told(bob, 'campaign.started')).toHaveLength(1);
  });

  it('goes on where it was cut, by whoever takes it up, and writes nothing twice', async () => {
    const { campaignId: id } = await makeCampaign(steward, input());
    const { id: countId } = await db().campaignCount.findFirstOrThrow();
    const asked = await db().scorecardChange.count();
    const step: Durable = {
      ...inline,
      step: (_name, work) => work().catch(() => work()),
    };
    await countRun(step, countId, dyingAt('recorded', 1));
    await Promise.all([countRun(inline, countId, nothing), countRun(inline, countId, nothing)]);
    expect(await counting(id)).toMatchObject({ status: 'open', done: 3, figures: [1, 3] });
    expect((await db().scorecardChange.count()) - asked).toBe(3);
    expect(await db().campaignEvent.count({ where: { campaignId: id } })).toBe(3);
    expect(await told(bob, 'campaign.started')).toHaveLength(1);
  });

  it('by two workers at once opens once', async () => {
    const { campaignId: id } = await makeCampaign(steward, input());
    const { id: countId } = await db().campaignCount.findFirstOrThrow();
    await Promise.all([1, 2, 3].map(() => countRun(inline, countId, nothing)));
    expect(await counting(id)).toMatchObject({ status: 'open', done: 3, figures: [1, 3] });
    expect(await db().campaignEvent.count({ where: { campaignId: id } })).toBe(3);
    expect(await told(ann, 'campaign.started')).toHaveLength(1);
  });

  it('that does not come to its end says so, and is begun anew', async () => {
    const { campaignId: id } = await makeCampaign(steward, input());
    await count(dyingAt('recorded', 9));
    expect(await counting(id)).toMatchObject({
      ...{ status: 'beginning', isUnderWay: false, failure: 'killed' },
    });
    await recountCampaign(steward, { campaignId: id });
    await count();
    expect(await counting(id)).toMatchObject({ status: 'open', figures: [1, 3] });
  });

  it('before a close counts what is so then, also when one is under way already', async () => {
    const id = await make();
    clock += DAY;
    await recountCampaign(steward, { campaignId: id });
    const { id: countId } = await db().campaignCount.findFirstOrThrow({
      where: { status: 'queued' },
    });
    await countRun(inline, countId, async () => {
      // After these were looked at, one comes there, and the campaign is closed.
      await describeIt(products[1]!.id);
      await closeCampaign(steward, { campaignId: id, rev: 1, outcome: 'Enough.' });
      expect(await counting(id)).toMatchObject({ status: 'closing', done: 0 });
    });
    expect(await counting(id)).toMatchObject({ status: 'closing', figures: [1, 3] });
    await count();
    expect(await getCampaign(steward, id)).toMatchObject({
      ...{ status: 'closed', outcome: 'Enough.', reached: 2, products: 3 },
      closedBy: expect.any(String),
    });
    expect(await told(bob, 'campaign.ended')).toHaveLength(1);
    const audits = await db().auditEvent.findMany({ where: { targetId: id } });
    expect(audits.map(({ action }) => action.split('.').at(-1)).sort()).toEqual([
      ...['close', 'count', 'create', 'end'],
    ]);
    await expect(recountCampaign(steward, { campaignId: id })).rejects.toMatchObject({
      code: 'precondition',
    });
  });
});
