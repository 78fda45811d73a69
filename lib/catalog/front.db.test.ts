import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, pool } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeProduct, makeUser } from '@/lib/runtime/testing/factories';
import { refreshReaders } from './refresh-readers';
import { searchCatalog } from './search';
import { CATALOG_COUNT_CAP } from './search-input';
import { suggestCatalog } from './suggest';

useTestDatabase();
let ctx: Ctx;

/** More products with one word than are counted: every sixth in the domain `rare`, the others in `common`; 500 of those have a tag. */
const MANY = 1200;
const MANY_SQL = `insert into product (id, "domainId", name, title, description, "ownerId", classification, status,
    template, descriptor, documentation, tags, "updatedAt")
  select 'many-' || i, case when i % 6 = 0 then $1 else $2 end, 'widget-' || i, 'Widget ' || i, '', $3, 'internal',
    'production', 'batch_analytics', '{}', 'Holds a sprocket.', case when i % 6 = 0 or i <= 600 then '{}' else '{sprocket}'::text[] end, now() from generate_series(1, ${MANY}) i`;

const toBack = (title: string) =>
  pool().query(`update product_search set "isFront" = false where title like $1`, [title]);
const found = async (q: string, more: object = {}) => {
  const { entries, total } = await searchCatalog(ctx, { q, ...more });
  return [total, ...entries.map(({ title }) => title)];
};

beforeAll(async () => {
  const owner = await makeUser();
  ctx = await ctxOf(owner);
  const common = await makeDomain({ name: 'common' });
  const rare = await makeDomain({ name: 'rare' });
  const made = { domainId: common.id, ownerId: owner.id };
  const fields = [{ name: 'turbine_blade', type: 'string' }];
  await makeProduct({ ...made, title: 'Gearbox alpha', documentation: 'Of windmills.', fields });
  await makeProduct({ ...made, title: 'Gearbox omega', documentation: 'Of windmills.', fields });
  await pool().query(MANY_SQL, [rare.id, common.id, owner.id]);
});

describe('products that do not stand in front', () => {
  it('are found after those that do, in every way of finding', async () => {
    await toBack('gearbox alpha');
    for (const q of ['gearbox', 'gearboxes', 'gearb', 'earbox', 'gaerbox', 'turbine_blade']) {
      expect((await found(q)).sort(), q).toEqual([2, 'Gearbox alpha', 'Gearbox omega']);
    }
    expect((await found('windmill')).sort()).toEqual([2, 'Gearbox alpha', 'Gearbox omega']);
    expect(await found('gearbox alpha')).toEqual([2, 'Gearbox alpha', 'Gearbox omega']);
    expect(await found('alpha nothingsuch')).toEqual([1, 'Gearbox alpha']);
    const typed = await suggestCatalog(ctx, 'alph');
    expect(typed.products.map(({ title }) => title)).toEqual(['Gearbox alpha']);
  });

  it('come to the front again where there is room', async () => {
    await toBack('gearbox%');
    await refreshReaders();
    const { rows } = await pool().query(
      `select count(*)::int as back from product_search where not "isFront"`,
    );
    expect(rows).toEqual([{ back: 0 }]);
  });
});

describe('a word with more matches than are counted', () => {
  it('says that there are more, of matches and of values', async () => {
    const page = await searchCatalog(ctx, { q: 'widget' });
    expect(page).toMatchObject({ total: CATALOG_COUNT_CAP, isCapped: true, isChoiceCapped: true });
    const counts = page.facets.domain.map(({ count }) => count);
    expect(counts[0]! + counts[1]!).toBeLessThanOrEqual(MANY);
    // The exact name is found whatever number of others match.
    expect((await found(`widget-${MANY}`))[1]).toBe(`Widget ${MANY}`);
  });

  it('is counted exactly within a filter, which says that its other values have more', async () => {
    const page = await searchCatalog(ctx, { q: 'widget', domain: 'rare' });
    expect(page).toMatchObject({ total: MANY / 6, isCapped: false, isChoiceCapped: true });
    expect(page.facets.domain.find(({ value }) => value === 'rare')?.count).toBe(MANY / 6);
    expect(page.facets.status).toEqual([
      { value: 'production', label: 'production', count: MANY / 6 },
    ]);
    const none = await searchCatalog(ctx, { q: 'gearbox', domain: 'rare' });
    expect(none).toMatchObject({ total: 0, isChoiceCapped: false });
    expect(none.facets.domain).toEqual([{ value: 'common', label: 'common', count: 2 }]);
  });

  it('is counted exactly within a filter, whatever stands in better places outside', async () => {
    const page = await searchCatalog(ctx, { q: 'sprocket', domain: 'rare' });
    expect(page).toMatchObject({ total: MANY / 6, isCapped: false, isChoiceCapped: true });
  });

  it('pages without gaps', async () => {
    const seen = new Set<string>();
    let after: number | null = 0;
    while (after !== null && after < 500) {
      const page = await searchCatalog(ctx, { q: 'widget', sort: 'name', limit: 100, after });
      for (const { id } of page.entries) seen.add(id);
      after = page.nextAfter;
    }
    expect(seen.size).toBe(500);
  });
});
