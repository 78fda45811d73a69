import { beforeEach, expect, it } from 'vitest';
import { pool } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { fromEvents, fromRollUps, monthsOff, writeBesideEachOther } from './testing/usage-events';

useTestDatabase();
let products: string[];
beforeEach(async () => {
  await pool().query(
    'delete from usage_event; delete from usage_hour; delete from usage_day; delete from usage_domain_day; delete from usage_reader_day; delete from usage_month',
  );
  const [one, other] = [await makeDomain(), await makeDomain()];
  const ownerId = (await makeUser()).id;
  const made = [one, one, other].map(({ id }) => makeProduct({ domainId: id, ownerId }));
  // The last is of no product that there is.
  products = [...(await Promise.all(made)).map(({ id }) => id), 'nothing'];
});

it('adds up every event once, while several processes write and one of them is killed', async () => {
  const written = await writeBesideEachOther(products);
  const { rows } = await pool().query('select count(*)::int as n from usage_event');
  expect(rows).toEqual([{ n: written }]);
  const held = await fromRollUps();
  expect(held).toEqual(await fromEvents());
  expect([held.days!.length, held.domains!.length]).toEqual([8, 4]);
  const outside = await pool().query(
    'select sum("byOutsiders") > 0 and sum("byOutsiders") < sum("byOthers") as some from usage_domain_day',
  );
  expect(outside.rows).toEqual([{ some: true }]);
  expect(await monthsOff()).toEqual([]);
});

it('holds more people than a set of bits has room for', async () => {
  await writeBesideEachOther(products, 3000);
  const held = await fromRollUps();
  expect(held).toEqual(await fromEvents());
  const { rows } = await pool().query(
    'select count(distinct chunk)::int as chunks from usage_domain_day',
  );
  expect(rows[0].chunks).toBeGreaterThan(1);
  expect(held.people!.length).toBeGreaterThan(1024);
});
