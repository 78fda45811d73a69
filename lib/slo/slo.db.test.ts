import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, newId, pool, setClock } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember } from '@/lib/runtime/testing/factories';
import { makePromisedProduct } from '@/lib/runtime/testing/promised-product';
import { measureDue, removeOldMeasurements } from './measure';
import { sloHistory } from './queries';
import { objectivesOf } from './status';
import { WINDOW_NAMES } from './windows';

useTestDatabase();
const START = Date.UTC(2027, 0, 4, 10, 0, 0);
const MINUTE = 60_000;
let domain: { id: string; name: string };
let owner: { id: string };
let clock = START;
const at = (minute: number, second = 0) => new Date(START + minute * MINUTE + second * 1000);
const goTo = (minute: number, second = 30) => {
  clock = at(minute, second).getTime();
};

beforeAll(async () => {
  domain = await makeDomain({ name: 'sales' });
  owner = await makeMember(domain.id, 'data_producer');
});
beforeEach(async () => {
  setClock(() => clock);
  goTo(0, 0);
  await pool().query(`delete from slo_objective; delete from slo_product; delete from slo_measurement;
    delete from slo_probe; delete from slo_clock; delete from web_minute; delete from usage_event;
    delete from notification; update product set status = 'retired'`);
});
afterEach(() => setClock(undefined));

const SLO = {
  availability: '99.9%',
  latency: '< 100ms',
  freshness: '< 2 hours',
  completeness: '95%',
};

const live = (slo: Record<string, string> = SLO, snapshotAt = at(-30)) =>
  makePromisedProduct({ domainId: domain.id, ownerId: owner.id, slo, snapshotAt });

async function served(
  productId: string,
  when: Date,
  statuses: number[],
  latencyMs = 20,
  format = 'json',
) {
  await db().usageEvent.createMany({
    data: statuses.map((status) => ({
      ...{ id: newId(), at: when, productId, shape: 'rows', format, status },
      ...{ rowCount: 1, sizeBytes: 1, latencyMs },
    })),
  });
}
const probed = (
  productId: string,
  minute: number,
  status: number | null,
  latencyMs: number | null = 15,
) =>
  db().sloProbe.create({
    data: { productId, minute: at(minute), at: at(minute), status, latencyMs },
  });
const alive = (from: number, to: number) =>
  db().webMinute.createMany({
    data: Array.from({ length: to - from }, (_, index) => ({ minute: at(from + index) })),
    skipDuplicates: true,
  });

/** `kind minute source good/total` of everything that was measured. */
async function measured(productId: string, kind: string): Promise<string[]> {
  const { rows } = await pool().query<{
    minute: Date;
    source: string;
    good: number;
    total: number;
  }>(
    `select m.* from slo_measurement m join slo_objective o on o.id = m."objectiveId"
     where o."productId" = $1 and o.kind = $2 order by m.minute, m.source`,
    [productId, kind],
  );
  return rows.map(
    ({ minute, source, good, total }) =>
      `${(minute.getTime() - START) / MINUTE} ${source} ${good}/${total}`,
  );
}
const standing = async (productId: string, key: string) => {
  const found = (await objectivesOf([productId])).find((one) => one.key === key);
  if (!found) throw new Error(`no objective ${key}`);
  return found;
};

describe('objectives', () => {
  it('follow the contract while the product is served', async () => {
    const product = await live({ availability: '99.9%', latency: '< 100ms' });
    await measureDue();
    await measureDue();
    const read = async () =>
      (
        await db().sloObjective.findMany({
          where: { productId: product.id },
          orderBy: { key: 'asc' },
        })
      ).map((one) => [one.key, one.target, one.threshold, one.endedAt === null]);
    expect(await read()).toEqual([
      ['availability', 0.999, null, true],
      ['latency', 0.95, 100, true],
    ]);
    const found = await db().product.findUniqueOrThrow({ where: { id: product.id } });
    const descriptor = found.descriptor as { spec: object };
    const slo = { availability: '99%', freshness: '< 1 day' };
    await db().product.update({
      where: { id: product.id },
      data: { descriptor: { ...descriptor, spec: { ...descriptor.spec, slo } } as object },
    });
    goTo(1);
    await measureDue();
    expect(await read()).toEqual([
      ['availability', 0.99, null, true],
      ['freshness', 0.99, 86_400_000, true],
      ['latency', 0.95, 100, false],
    ]);
    await db().productEnvironment.updateMany({
      where: { productId: product.id },
      data: { status: 'removed' },
    });
    goTo(2);
    await measureDue();
    expect((await read()).map(([, , , isOn]) => isOn)).toEqual([false, false, false]);
  });
});

describe('a minute', () => {
  it('counts what was served: faults of ours against us, what the asker did wrong not at all', async () => {
    const product = await live();
    await measureDue();
    await alive(0, 3);
    await served(
      product.id,
      at(0, 59.999),
      [200, 200, 304, 500, 503, 401, 403, 404, 410, 429, 499],
    );
    await served(product.id, at(1), [404, 403]);
    await served(product.id, at(2), [200], 99.9);
    await served(product.id, at(2), [200], 100);
    await served(product.id, at(2), [200], 5000, 'parquet');
    goTo(3);
    expect(await measureDue()).toBe(3);
    expect(await measured(product.id, 'availability')).toEqual(['0 request 3/5', '2 request 3/3']);
    expect(await measured(product.id, 'latency')).toEqual(['0 request 3/3', '2 request 1/2']);
    expect(await standing(product.id, 'availability')).toMatchObject({
      measured: 2,
      goodEvents: 6,
      events: 8,
      budget: { sli: (0.6 + 1) / 2 },
    });
  });

  it('counts probes beside requests, and a probe that was refused says nothing', async () => {
    const product = await live();
    await measureDue();
    await alive(0, 5);
    await probed(product.id, 0, 200);
    await served(product.id, at(0), [200, 200, 500]);
    await probed(product.id, 1, 503, 4);
    await probed(product.id, 2, 403);
    await probed(product.id, 3, null, null);
    await probed(product.id, 4, 200, 250);
    goTo(5);
    await measureDue();
    expect(await measured(product.id, 'availability')).toEqual([
      '0 probe 1/1',
      '0 request 2/3',
      '1 probe 0/1',
      '4 probe 1/1',
    ]);
    expect(await measured(product.id, 'latency')).toEqual([
      '0 probe 1/1',
      '0 request 2/2',
      '4 probe 0/1',
    ]);
    expect((await standing(product.id, 'availability')).budget.sli).toBeCloseTo(
      (3 / 4 + 0 + 1) / 3,
      12,
    );
  });

  it('knows the age of what is served, and the newest quality score', async () => {
    const product = await live(SLO, at(-118));
    await measureDue();
    await alive(0, 4);
    await db().qualityRun.create({
      data: {
        ...{ id: newId(), productId: product.id, snapshotId: 's', scores: { completeness: 97.5 } },
        ...{ startedAt: at(1), finishedAt: at(1, 10) },
      },
    });
    goTo(4);
    await measureDue();
    expect(await measured(product.id, 'freshness')).toEqual([
      '0 state 1/1',
      '1 state 0/1',
      '2 state 0/1',
      '3 state 0/1',
    ]);
    expect(await measured(product.id, 'completeness')).toEqual([
      '1 state 97.5/100',
      '2 state 97.5/100',
      '3 state 97.5/100',
    ]);
  });
});

describe('time that nobody measured', () => {
  it('is worked out afterwards: outages count, a worker that was away does not, requests stay what they were', async () => {
    const product = await live();
    await alive(0, 10);
    await measureDue();
    await probed(product.id, 0, 200);
    goTo(1);
    await measureDue();
    // The worker is away from minute 1, the web from 10 to 40; the probe is back at 45.
    await served(product.id, at(3), [200, 200]);
    await served(product.id, at(39, 59), [500]);
    await alive(40, 50);
    for (const minute of [45, 46, 47]) await probed(product.id, minute, 200);
    await probed(product.id, 48, 0, null);
    goTo(50);
    expect(await measureDue()).toBe(49);
    const all = await measured(product.id, 'availability');
    const outages = all.filter((one) => one.includes('outage'));
    expect(outages.map((one) => Number(one.split(' ')[0]))).toEqual([
      ...Array.from({ length: 29 }, (_, index) => 10 + index),
      48,
    ]);
    expect(all.filter((one) => !one.includes('outage'))).toEqual([
      '0 probe 1/1',
      '3 request 2/2',
      '39 request 0/1',
      '45 probe 1/1',
      '46 probe 1/1',
      '47 probe 1/1',
    ]);
    expect(await standing(product.id, 'availability')).toMatchObject({ measured: 36, outage: 30 });
    expect((await measured(product.id, 'freshness')).length).toBe(50);
  });

  it('gives the same, however it is cut: one worker each minute, or one after hours', async () => {
    const product = await live();
    await measureDue();
    const fill = async () => {
      for (let minute = 0; minute < 200; minute += 1) {
        if (minute % 7 !== 3) await alive(minute, minute + 1);
        if (minute % 5 === 0) await served(product.id, at(minute), [200, 200, 500]);
        if (minute % 3 === 0) await probed(product.id, minute, minute % 9 === 0 ? 503 : 200);
      }
    };
    await fill();
    goTo(200);
    await measureDue();
    const atOnce = await measured(product.id, 'availability');
    const once = await standing(product.id, 'availability');
    await pool().query('delete from slo_measurement; delete from slo_hour');
    await db().sloClock.updateMany({ data: { measuredThrough: at(0), rolledThrough: at(0) } });
    for (let minute = 1; minute <= 200; minute += 13) {
      goTo(minute);
      await Promise.all([measureDue(), measureDue(), measureDue()]);
    }
    goTo(200);
    await measureDue();
    expect(await measured(product.id, 'availability')).toEqual(atOnce);
    const again = await standing(product.id, 'availability');
    expect({ ...again, budget: null }).toEqual({ ...once, budget: null });
    expect(again.budget.sli).toBeCloseTo(once.budget.sli ?? -1, 12);
    // What pages read, out of hours and minutes, is the plain sum over all minutes.
    const { rows } = await pool().query<{ n: number; good: number }>(
      `select count(*)::int as n, sum(share)::float8 as good from (
        select sum(good) / sum(total) as share from slo_measurement where "objectiveId" = $1 group by minute) x`,
      [again.id],
    );
    expect(again.measured).toBe(rows[0]?.n);
    expect((again.budget.sli ?? 0) * again.measured).toBeCloseTo(rows[0]?.good ?? -1, 9);
    expect(await db().sloHour.count({ where: { objectiveId: again.id } })).toBe(3);
  });

  it('is the plain sum for every window: days, the hours at both ends, the minutes since', async () => {
    const product = await live();
    goTo(1);
    await measureDue();
    const objective = await db().sloObjective.findFirstOrThrow({
      where: { productId: product.id, key: 'availability' },
    });
    // 100 days of hours, some missing, some bad; days come of them when the clock rolls over them.
    await pool().query(
      `insert into slo_hour ("objectiveId", hour, measured, good, outage, "goodEvents", events)
       select $1, date_trunc('hour', $2::timestamptz, 'UTC') - h * interval '1 hour', 50 + h % 11,
         50 + h % 11 - (h * 7 % 13) / 4.0, h % 3, h * 3 % 17, h * 5 % 23
       from generate_series(1, 2400) h where h % 19 <> 0`,
      [objective.id, at(0)],
    );
    const before = new Date(at(0).getTime() - 100 * 86_400_000);
    await db().sloClock.updateMany({ data: { rolledThrough: before } });
    for (const minute of [10, 20, 40]) await served(product.id, at(minute), [200, 500]);
    for (const minute of [45, 45 + 15 * 60]) {
      goTo(minute);
      await measureDue();
      for (const window of WINDOW_NAMES) {
        await db().sloObjective.update({ where: { id: objective.id }, data: { window } });
        const seen = (await objectivesOf([product.id])).find((one) => one.id === objective.id)!;
        const { rows } = await pool().query<{ measured: number; good: number; outage: number }>(
          `select sum(measured)::int as measured, sum(good)::float8 as good, sum(outage)::int as outage from (
            select measured, good, outage from slo_hour, slo_clock
              where "objectiveId" = $1 and hour >= $2 and hour < "rolledThrough"
            union all select 1, sum(m.good) / sum(m.total), bool_or(source = 'outage')::int
              from slo_measurement m, slo_clock where "objectiveId" = $1 and minute >= "rolledThrough"
                and minute >= $2 and total > 0 group by minute) x`,
          [objective.id, seen.window.from],
        );
        const [plain] = rows;
        expect([window, seen.measured, seen.outage]).toEqual([
          ...[window, plain?.measured, plain?.outage],
        ]);
        expect((seen.budget.sli ?? 0) * seen.measured).toBeCloseTo(plain?.good ?? -1, 6);
      }
    }
    expect(await db().sloDay.count({ where: { objectiveId: objective.id } })).toBeGreaterThan(99);
  });

  it('takes in events that come late, and takes an outage back that was none', async () => {
    const product = await live();
    await measureDue();
    goTo(3);
    await measureDue();
    expect(await measured(product.id, 'availability')).toEqual([
      '0 outage 0/1',
      '1 outage 0/1',
      '2 outage 0/1',
    ]);
    await served(product.id, at(1, 30), [200]);
    await served(product.id, at(2, 30), [200, 500]);
    goTo(4);
    await measureDue();
    expect(await measured(product.id, 'availability')).toEqual([
      '0 outage 0/1',
      '1 request 1/1',
      '2 request 1/2',
      '3 outage 0/1',
    ]);
  });

  it('survives that old minutes are deleted: hours stand for them', async () => {
    const product = await live();
    await measureDue();
    await alive(0, 120);
    for (let minute = 0; minute < 120; minute += 10)
      await probed(product.id, minute, minute === 50 ? 500 : 200);
    goTo(126);
    await measureDue();
    const read = () => standing(product.id, 'availability');
    expect(await read()).toMatchObject({ measured: 18, outage: 6, events: 18, goodEvents: 11 });
    const hours = await db().sloHour.findMany({
      where: { objective: { kind: 'availability' } },
      orderBy: { hour: 'asc' },
    });
    expect(hours.map(({ measured: n, good }) => [n, good])).toEqual([
      [6, 5],
      [6, 6],
    ]);
    // As if time had been measured up to four days later, with nothing in it.
    goTo(4 * 24 * 60);
    await db().sloClock.updateMany({ data: { measuredThrough: at(4 * 24 * 60) } });
    const before = await read();
    await removeOldMeasurements();
    expect(await read()).toEqual(before);
    expect(await db().sloMeasurement.count({ where: { minute: { lt: at(120) } } })).toBe(0);
    expect(await db().sloProbe.count()).toBe(0);
    const month = await sloHistory(await ctxOf(owner), {
      domain: 'sales',
      product: product.name,
      range: '30d',
    });
    const points = month.find(({ objectiveId }) => objectiveId === before.id)?.points ?? [];
    expect(points).toHaveLength(30);
    expect(points.filter(({ measured: n }) => n > 0)).toEqual([
      { at: '2027-01-04T00:00:00.000Z', measured: 18, sli: 11 / 18, outage: 6 },
    ]);
  });
});
