import { beforeAll, describe, expect, it } from 'vitest';
import { decideItem, grantAccess, requestAccess, reviewGrant, revokeGrant } from '@/lib/access';
import { setDisabled } from '@/lib/auth';
import { answerQuestion, askQuestion, writeReview } from '@/lib/community';
import { type Ctx, db, newId, setClock } from '@/lib/core';
import { productDocumentation, saveDocumentation } from '@/lib/documentation';
import { approveTerm, createTerm, linkTerm } from '@/lib/glossary';
import { certifyProduct, createTag, withdrawCertification } from '@/lib/governance';
import { driverServices } from '@/lib/jobs/services';
import { deriveDueLineage } from '@/lib/lineage';
import { runPipeline, runPipelineNow } from '@/lib/pipelines';
import { runDeps, submitProduct } from '@/lib/provisioning';
import { makeConsumer } from '@/lib/runtime/testing/community';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { carryOut, inline } from '@/lib/runtime/testing/inline-runs';
import { makeLiveProduct } from '@/lib/runtime/testing/live-product';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { flushUsage, recordUsage } from '@/lib/serving';
import { measureDue } from '@/lib/slo';
import { judgeProducts } from '../evaluate';
import { CHECKS } from './registry';

useTestDatabase();

const DAY = 86_400_000;
let clock = Date.parse('2026-03-02T08:00:00Z');
const pass = (ms: number) => {
  clock += ms;
};
let domain: { id: string; name: string };
let steward: Ctx;
let owner: Ctx;
let reader: Ctx;
/** A row without anything; and a product that came to production through the wizard. */
let plain: string;
let orders: string;
const seen = new Map<string, Set<string>>();

async function said(productId: string, check: string): Promise<[string, string]> {
  const { judged } = await judgeProducts([productId]);
  const [state, why] = judged[0]!.results[check]!;
  seen.set(check, (seen.get(check) ?? new Set()).add(state));
  return [state, why];
}
const lacks = async (productId: string, check: string, why: string | RegExp) =>
  expect(await said(productId, check)).toEqual(['fail', expect.stringMatching(why)]);
const has = async (productId: string, check: string, why: string | RegExp) =>
  expect(await said(productId, check)).toEqual(['pass', expect.stringMatching(why)]);

beforeAll(async () => {
  setClock(() => clock);
  await seedMesh();
  domain = await makeDomain();
  steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  reader = await ctxOf(await makeUser());
  await createTag(steward, { name: 'trade' });
  plain = (
    await makeProduct({ domainId: domain.id, ownerId: (await makeUser()).id, tags: ['odd'] })
  ).id;
  const draft = await makeDraft({
    domain,
    data: {
      description: 'One row for each order of a customer.',
      tags: ['trade'],
      fields: [
        {
          name: 'order_id',
          sourceName: 'id',
          type: 'long',
          primaryKey: true,
          description: 'Number',
        },
        { name: 'amount', type: 'decimal', precision: 12, scale: 2, description: 'In euro' },
        { name: 'city', type: 'string', description: 'Where to' },
      ],
      quality: [
        {
          ...{ name: 'id present', dimension: 'completeness', check: 'not_null' },
          ...{ column: 'order_id', config: {}, reason: 'A test' },
        },
      ],
    },
  });
  owner = draft.ctx;
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  await carryOut(runId);
  orders = productId;
}, 60_000);

describe('each check in both states', () => {
  it('described, tagged, columns-described, key, ports: what the contract says', async () => {
    await lacks(plain, 'described', '15 characters');
    await has(orders, 'described', '37 characters');
    await lacks(plain, 'tagged', 'None of its tags is approved');
    await has(orders, 'tagged', 'Approved: trade');
    await lacks(plain, 'columns-described', '0 of 1 columns');
    await has(orders, 'columns-described', '3 of 3 columns');
    await lacks(plain, 'key', 'No column');
    await has(orders, 'key', 'Key: order_id');
    await lacks(plain, 'ports', 'No output port');
    await has(orders, 'ports', '1 output port');
  });

  it('live, served, quality-checked, quality-passed: what a submission does', async () => {
    await lacks(plain, 'live', 'Nothing is served');
    await has(orders, 'live', 'Production is live');
    await lacks(plain, 'served', 'No port');
    await has(orders, 'served', 'Served by rest-api');
    await lacks(plain, 'quality-checked', 'No quality rule');
    await has(orders, 'quality-checked', /^1 rule; they ran last on 2026-03-02/);
    await lacks(plain, 'quality-passed', 'No run');
    await has(orders, 'quality-passed', '1 of 1 rules are met');
  });

  it('earlier-states: a second load', async () => {
    await lacks(orders, 'earlier-states', '1 snapshot');
    pass(3_600_000);
    const { pipelineRunId } = await runPipelineNow(owner, { productId: orders });
    await runPipeline(inline, runDeps(driverServices), pipelineRunId);
    await has(orders, 'earlier-states', '2 snapshots');
  });

  it('purpose-and-limits, working-examples: what its owner writes', async () => {
    await lacks(orders, 'purpose-and-limits', 'Neither purpose nor limits');
    await lacks(orders, 'working-examples', 'No example');
    const { rev } = await db().product.findUniqueOrThrow({ where: { id: orders } });
    const write = (text: string, of: number) =>
      saveDocumentation(owner, { productId: orders, rev: of, text });
    await write('## Purpose\nBilling.', rev);
    await lacks(orders, 'purpose-and-limits', 'limits are not written');
    const example = '```portolan\nselect=order_id&limit=1\n```';
    await write(`## Purpose\nBilling.\n\n## Known limits\nNone.\n\n${example}`, rev + 1);
    await has(orders, 'purpose-and-limits', 'Purpose and limits');
    await productDocumentation(owner, orders);
    await has(orders, 'working-examples', '1 of 1 examples');
  });

  it('in-glossary, shared-meaning: terms that are approved and linked', async () => {
    const product = `${domain.name}/orders`;
    const { slug: term } = await createTerm(steward, {
      name: 'Order',
      definition: 'What is bought.',
    });
    await linkTerm(steward, { term, product });
    await lacks(orders, 'in-glossary', 'No approved term');
    await approveTerm(steward, { term, rev: 1 });
    await has(orders, 'in-glossary', 'Terms: Order');
    await lacks(orders, 'shared-meaning', 'No column');
    await linkTerm(steward, { term, product, column: 'order_id' });
    await has(orders, 'shared-meaning', '1 column');
  });

  it('objectives, promises-kept: what is promised, and measured on finished days', async () => {
    await lacks(plain, 'objectives', 'promises nothing');
    await lacks(plain, 'promises-kept', 'promises nothing');
    await lacks(orders, 'objectives', 'promises nothing');
    await measureDue();
    const objectives = await db().sloObjective.findMany({ where: { productId: orders } });
    expect(objectives.length).toBeGreaterThan(1);
    await has(orders, 'objectives', `${objectives.length} objectives are promised`);
    const day = (ago: number) => new Date(Math.floor(clock / DAY) * DAY - ago * DAY);
    const measured = (ago: number, good: number) =>
      db().sloDay.createMany({
        data: objectives.map(({ id: objectiveId }, at) => ({
          ...{ objectiveId, day: day(ago), measured: 1440, good: at === 0 ? good : 1440 },
          ...{ outage: 0, goodEvents: 1440, events: 1440 },
        })),
      });
    await lacks(orders, 'promises-kept', `0 of ${objectives.length}`);
    await measured(2, 1440);
    await has(orders, 'promises-kept', `${objectives.length} of ${objectives.length}`);
    await measured(1, 720);
    await lacks(orders, 'promises-kept', `${objectives.length - 1} of ${objectives.length}`);
  });

  it('certified: by a steward, until it is taken back', async () => {
    await lacks(orders, 'certified', 'No certification');
    const until = new Date(clock + 30 * DAY).toISOString();
    await certifyProduct(steward, { productId: orders, reason: 'Its sums agree.', until });
    await has(orders, 'certified', 'Certified until 2026-04-01');
    const { id } = await db().certification.findFirstOrThrow();
    await withdrawCertification(steward, { certificationId: id, reason: 'They do not.' });
    await lacks(orders, 'certified', 'No certification');
  });

  it('lineage-known, combined: what it is made of, and what is made from it', async () => {
    await lacks(orders, 'lineage-known', 'not traced yet');
    await deriveDueLineage();
    await has(orders, 'lineage-known', 'Every column is traced');
    await lacks(orders, 'combined', 'Nothing is made from it');
    const run = {
      id: newId(),
      userId: owner.actor.type === 'user' ? owner.actor.id : '',
      sql: 'select 1',
    };
    await db().queryRun.create({
      data: {
        ...{ ...run, status: 'succeeded', format: 'json', startedAt: new Date(clock) },
        products: [`${domain.name}/orders`, 'other/one'],
      },
    });
    await has(orders, 'combined', 'Queries that joined it with others: 1');
    await db().productInput.create({
      data: { productId: plain, sourceId: orders, alias: 'orders' },
    });
    await has(orders, 'combined', 'Products made from it: 1');
  });

  it('answers, read-by-others, read-across-domains, liked: what its readers do', async () => {
    const read = async (ctx: Ctx, status = 200) => {
      recordUsage(ctx, {
        ...{ productId: orders, shape: 'rows', format: 'json', status, rowCount: 1, sizeBytes: 10 },
        ...{ latencyMs: 5, decisionId: null },
      });
      await flushUsage();
    };
    await lacks(plain, 'answers', 'Nobody has read it');
    await lacks(orders, 'read-by-others', 'Nobody else');
    await read(owner);
    await lacks(orders, 'read-by-others', 'Nobody else');
    const colleague = await ctxOf(await makeMember(domain.id, 'data_consumer'));
    await read(colleague);
    await has(orders, 'read-by-others', '1 person');
    await lacks(orders, 'read-across-domains', 'Nobody of another domain');
    await read(reader);
    await has(orders, 'read-across-domains', '1 person of another domain');
    await has(orders, 'answers', '4 of 4 reads');
    await read(reader, 500);
    await lacks(orders, 'answers', '4 of 5 reads');
    await lacks(orders, 'liked', 'Nobody reviewed it');
    await makeConsumer(orders, {
      person: reader.actor as { id: string },
      expiresAt: new Date(clock + DAY),
      hasRead: false,
    });
    await writeReview(reader, { productId: orders, stars: 3 });
    await lacks(orders, 'liked', '3.0 of 5 stars from 1 review');
    await writeReview(reader, { productId: orders, stars: 5, rev: 1 });
    await has(orders, 'liked', '5.0 of 5 stars');
  });

  it('requests-answered, questions-answered: what waits for its owner', async () => {
    const asker = await ctxOf(await makeUser());
    const { items } = await requestAccess(asker, {
      ...{ productIds: [orders], purpose: 'analytics', days: 30, note: 'To count them' },
    });
    const { questionId } = await askQuestion(asker, {
      productId: orders,
      text: 'Since when is it kept?',
    });
    await has(orders, 'requests-answered', 'No request');
    await has(orders, 'questions-answered', 'No question');
    pass(8 * DAY);
    await lacks(orders, 'requests-answered', '1 request waits');
    await lacks(orders, 'questions-answered', '1 question waits');
    await decideItem(owner, {
      decision: 'refuse',
      itemId: items[0]!.itemId,
      note: 'Not for this.',
    });
    await answerQuestion(owner, { questionId, text: 'Since May.' });
    await has(orders, 'requests-answered', 'No request');
    await has(orders, 'questions-answered', 'No question');
  });

  it('grants-end, grants-reviewed: grants without an end, and past the day of a look', async () => {
    const { email } = reader.actor as { email: string };
    const grant = {
      productId: orders,
      email,
      permissions: ['read' as const],
      purpose: 'analytics',
    };
    await has(orders, 'grants-end', 'No grant|0 of');
    const { grantId } = await grantAccess(owner, { ...grant });
    await lacks(orders, 'grants-end', '1 of 1 grants');
    await has(orders, 'grants-reviewed', 'No grant is due');
    pass(400 * DAY);
    await lacks(orders, 'grants-reviewed', '1 grant is due');
    await reviewGrant(owner, { grantId });
    await has(orders, 'grants-reviewed', 'No grant is due');
    await revokeGrant(owner, { grantId });
    await has(orders, 'grants-end', 'No grant is in force');
  });

  it('personal-data: marked columns need a class and encryption', async () => {
    const data = {
      ...{ domainId: domain.id, ownerId: owner.actor.type === 'user' ? owner.actor.id : '' },
      fields: [{ name: 'who', type: 'string', pii: true } as never],
      sql: `select 'Ada' as who`,
    };
    await has(plain, 'personal-data', 'No column is marked');
    const open = await makeLiveProduct({ ...data });
    await lacks(open.product.id, 'personal-data', 'holds personal data and is internal');
    const bare = await makeLiveProduct({ ...data, classification: 'confidential' });
    await lacks(bare.product.id, 'personal-data', 'not encrypted');
    const kept = await makeLiveProduct({
      ...data,
      classification: 'confidential',
      isEncrypted: true,
    });
    await has(kept.product.id, 'personal-data', 'every file is encrypted');
  });

  it('no-violations, owner-active: who answers for it, and what the monitor found', async () => {
    await has(orders, 'no-violations', 'Nothing is open');
    const violation = { id: newId(), rule: 'encryption', productId: orders, domainId: domain.id };
    await db().violation.create({
      data: { ...violation, level: 'error', title: 'x', message: 'x', dedupeKey: newId() },
    });
    await lacks(orders, 'no-violations', '1 violation');
    await has(orders, 'owner-active', 'active');
    const admin = await ctxOf(await makeUser({ platformRoles: ['platform_admin'] }));
    const { id: userId } = owner.actor as { id: string };
    await setDisabled(admin, { userId, isDisabled: true });
    await lacks(orders, 'owner-active', 'disabled');
  });

  it('leaves no check out', () => {
    const both = ['fail', 'pass'];
    const states = CHECKS.map(({ id }) => [id, [...(seen.get(id) ?? [])].sort()]);
    expect(states).toEqual(CHECKS.map(({ id }) => [id, both]));
  });
});
