import { beforeAll, expect, it } from 'vitest';
import { type AppError, db } from '@/lib/core';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { addSnapshot, makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { seedMesh } from '@/lib/runtime/testing/product-draft';
import { addRule, listRules, runQuality, suggestRules, switchRule } from '.';

useTestDatabase();
beforeAll(seedMesh);

const ROWS = "select i::int as id, case when i % 2 = 0 then 'Oslo' else 'Bergen' end as city";
const FIELDS = [
  { name: 'id', type: 'integer' as const },
  { name: 'city', type: 'string' as const },
];
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it should have been refused'),
    (error: AppError) => error.code,
  );

async function live() {
  const domain = await makeDomain();
  const owner = await makeMember(domain.id, 'data_producer');
  const { product, snapshot } = await makeLiveProduct({
    domainId: domain.id,
    ownerId: owner.id,
    fields: FIELDS,
    sql: `${ROWS} from range(40) t(i)`,
    isEncrypted: true,
  });
  return { ctx: await ctxOf(owner), domain, productId: product.id, snapshot };
}
const subjects = async (...of: Parameters<typeof suggestRules>) =>
  (await suggestRules(...of)).rules.map(({ check, column }) => [check, column].join(' '));

it('rules are suggested from the rows that are served, with reasons, and hold on them', async () => {
  const { ctx, productId, snapshot } = await live();
  const { rules, snapshot: number } = await suggestRules(ctx, productId);
  expect(number).toBe(1);
  expect(rules.map(({ check, column }) => [check, column].join(' ')).sort()).toEqual([
    ...['accepted_values city', 'not_null city', 'not_null id', 'row_count ', 'unique id'],
  ]);
  expect(rules.find(({ check }) => check === 'accepted_values')).toMatchObject({
    ...{ name: 'city is one of its known values', says: 'city is Bergen, Oslo' },
    reason: 'Only 2 different values in 40 rows.',
  });
  for (const { says: _, ...rule } of rules) await addRule(ctx, { productId, ...rule });
  await runQuality(productId, snapshot.id);
  const results = await db().qualityResult.findMany({ where: { run: { productId } } });
  expect(results).toHaveLength(rules.length);
  expect(results.every(({ passed }) => passed)).toBe(true);
  expect((await suggestRules(ctx, productId)).rules).toEqual([]);
});

it('what is there is not suggested: under another name, switched off, or by columns in its settings', async () => {
  const { ctx, productId } = await live();
  await addRule(ctx, { productId, name: 'A key', check: 'unique', config: { columns: ['id'] } });
  await addRule(ctx, { productId, name: 'Cities', check: 'not_null', column: 'city' });
  const cities = (await listRules(ctx, productId)).find(({ name }) => name === 'Cities');
  await switchRule(ctx, { ruleId: cities!.id, isEnabled: false });
  expect((await subjects(ctx, productId)).sort()).toEqual([
    ...['accepted_values city', 'not_null id', 'row_count '],
  ]);
});

it('the newest snapshot counts, and a product without rows has none', async () => {
  const { ctx, productId } = await live();
  const sql = `${ROWS.replace("'Bergen'", 'null')} from range(40) t(i)`;
  await addSnapshot({ productId, fields: FIELDS, sql });
  expect(await subjects(ctx, productId)).not.toContain('not_null city');
  await db().productEnvironment.updateMany({ where: { productId }, data: { snapshotId: null } });
  expect(await failure(suggestRules(ctx, productId))).toBe('precondition');
});

it('only those who look after the rules and may read the rows are told', async () => {
  const { productId, domain } = await live();
  expect(await failure(suggestRules(await ctxOf(await makeUser()), productId))).toBe('forbidden');
  const consumer = await makeMember(domain.id, 'data_consumer');
  expect(await failure(suggestRules(await ctxOf(consumer), productId))).toBe('forbidden');
});
