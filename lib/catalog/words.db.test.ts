import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, newId, pool } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { refreshReaders } from './refresh-readers';
import { searchCatalog } from './search';
import { suggestCatalog } from './suggest';

const database = useTestDatabase();
let ctx: Ctx;
let place: { domainId: string; ownerId: string };

beforeAll(async () => {
  const owner = await makeUser();
  ctx = await ctxOf(owner);
  place = { domainId: (await makeDomain()).id, ownerId: owner.id };
});

const isWord = async (word: string) =>
  (await pool().query('select from catalog_word where word = $1', [word])).rowCount !== 0;
const isName = async (name: string) =>
  (await pool().query('select from catalog_name where name = $1', [name])).rowCount !== 0;

/** Two connections, each in a transaction of its own. */
async function between(work: (one: pg.Client, two: pg.Client) => Promise<void>): Promise<void> {
  const clients = [1, 2].map(() => new pg.Client({ connectionString: database.current.appUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  try {
    for (const client of clients) await client.query('begin');
    await work(clients[0]!, clients[1]!);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

const insert = (client: pg.Client, title: string) =>
  client.query(
    `insert into product (id, "domainId", name, title, description, "ownerId", classification, status, template, descriptor, "updatedAt")
     values ($1, $2, $3, $4, '', $5, 'internal', 'production', 'batch_analytics', '{}', now())`,
    [newId(), place.domainId, `p-${newId().toLowerCase()}`, title, place.ownerId],
  );
const retitle = (client: pg.Client, from: string, to: string) =>
  client.query('update product set title = $2 where title = $1', [from, to]);

describe('the words of the catalogue', () => {
  it('are forgotten with the last product that has them', async () => {
    const fields = [{ name: 'zebraStripes', type: 'string' }];
    const one = await makeProduct({ ...place, title: 'Giraffe neck', tags: ['okapi'], fields });
    const two = await makeProduct({ ...place, title: 'Giraffe leg' });
    expect(await isWord('giraffe')).toBe(true);
    expect((await suggestCatalog(ctx, 'zebra')).columns).toEqual([{ name: 'zebraStripes' }]);

    await db().product.update({ where: { id: one.id }, data: { title: 'Neck', tags: [] } });
    expect(await isWord('giraffe')).toBe(true);
    expect([await isWord('okapi'), await isName('okapi')]).toEqual([false, false]);

    await db().product.update({ where: { id: two.id }, data: { title: 'Leg' } });
    expect(await isWord('giraffe')).toBe(false);
    // Nothing is taken for a word that is gone.
    expect((await searchCatalog(ctx, { q: 'girafe' })).corrected).toBeNull();

    await db().product.delete({ where: { id: one.id } });
    expect([await isWord('zebra'), await isName('zebraStripes')]).toEqual([false, false]);
    expect(await isWord('leg')).toBe(true);
  });

  it('keep nobody waiting who adds the same in another order', async () => {
    await between(async (one, two) => {
      await insert(one, 'Quokka');
      await insert(two, 'Wombat');
      await insert(one, 'Wombat');
      await insert(two, 'Quokka');
      await Promise.all([one.query('commit'), two.query('commit')]);
    });
    for (const q of ['quokka', 'wombat']) {
      expect((await searchCatalog(ctx, { q })).total).toBe(2);
      expect((await suggestCatalog(ctx, q)).products).toHaveLength(2);
    }
    expect((await searchCatalog(ctx, { q: 'qoukka' })).corrected).toBe('quokka');
  });

  it('stay when one transaction takes the last use away while another adds one', async () => {
    await makeProduct({ ...place, title: 'Axolotl' });
    await between(async (one, two) => {
      await insert(two, 'Axolotl keeper');
      await retitle(one, 'Axolotl', 'Newt');
      await one.query('commit');
      await two.query('commit');
    });
    expect(await isWord('axolotl')).toBe(true);
    await between(async (one, two) => {
      await retitle(one, 'Axolotl keeper', 'Keeper');
      await insert(two, 'Axolotl tank');
      await one.query('commit');
      await two.query('commit');
    });
    expect(await isWord('axolotl')).toBe(true);
    expect((await searchCatalog(ctx, { q: 'axolotl' })).total).toBe(1);
  });

  it('are looked at again when two transactions took the last two uses away', async () => {
    for (const title of ['Narwhal tusk', 'Narwhal tail']) await makeProduct({ ...place, title });
    await between(async (one, two) => {
      await retitle(one, 'Narwhal tusk', 'Tusk');
      await retitle(two, 'Narwhal tail', 'Tail');
      await one.query('commit');
      await two.query('commit');
    });
    expect(await isWord('narwhal')).toBe(true);
    await pool().query(`select catalog_forget(array['narwhal'], '{}')`);
    expect(await isWord('narwhal')).toBe(false);
    await refreshReaders();
    expect(await isWord('tusk')).toBe(true);
  });
});
