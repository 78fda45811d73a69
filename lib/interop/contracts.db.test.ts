import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AppError, type Ctx, db } from '@/lib/core';
import { discardDraft } from '@/lib/products/discard-draft';
import type { CompleteDraft } from '@/lib/products/draft-data';
import { getDraft } from '@/lib/products/draft-queries';
import { reviewDraft } from '@/lib/products/review-draft';
import { saveDraft } from '@/lib/products/save-draft';
import { submitProduct } from '@/lib/provisioning';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeDomain, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { contractView } from './contract-view';
import { importContract } from './import-contract';
import { productContract } from './product-contract';
import { readContract } from './read-contract';
import type { Group } from './shape';

useTestDatabase();
beforeAll(seedMesh);

const ORDERS = readFileSync(path.join(import.meta.dirname, 'fixtures/orders.odcs.yaml'), 'utf8');
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it should have been refused'),
    (error: AppError) => error,
  );

async function producer(): Promise<{ ctx: Ctx; domain: string }> {
  const domain = await makeDomain();
  const user = await makeMember(domain.id, 'data_producer');
  return { ctx: await ctxOf(user), domain: domain.name };
}

/** Imports a contract, finishes its draft as the wizard would, and makes the product. */
async function productOf(text: string, changes: Partial<CompleteDraft> = {}) {
  const { ctx, draftId, domain } = await makeDraft({
    csv: 'order_id,amount,city\n1,10.5,Oslo\n2,20.25,Bergen\n',
    data: {
      fields: [
        { name: 'order_id', type: 'long' },
        { name: 'amount', type: 'decimal', precision: 12, scale: 2 },
        { name: 'city', type: 'string' },
      ],
    },
  });
  const { data: file } = await getDraft(ctx, draftId);
  const imported = await importContract(ctx, { text });
  const { data } = await getDraft(ctx, imported.id);
  const { source, slo, owner, title, description } = file;
  await db().productDraft.update({
    where: { id: imported.id },
    data: { uploadId: source?.kind === 'upload' ? source.uploadId! : null },
  });
  await db().upload.updateMany({ where: { draftId }, data: { draftId: imported.id } });
  const complete = {
    ...{ title, description, name: 'orders', classification: 'confidential' as const },
    ...{ documentation: 'Orders of a test.' },
    ...data,
    ...{ domain: domain.name, owner, source, slo: { ...slo, ...data.slo } },
    ...changes,
  };
  const { rev } = await saveDraft(ctx, { draftId: imported.id, rev: imported.rev, data: complete });
  await submitProduct(ctx, { draftId: imported.id, rev });
  return { ctx, domain: domain.name, name: complete.name ?? 'orders' };
}

describe('an imported contract', () => {
  it('prefills a draft, is kept whole, and leaves its row in the audit log', async () => {
    const { ctx } = await producer();
    const { id, findings } = await importContract(ctx, { text: ORDERS });
    expect(findings).toEqual([]);
    const { data } = await getDraft(ctx, id);
    expect(data).toMatchObject({
      template: 'batch_analytics',
      name: 'orders',
      title: 'Orders',
      domain: 'sales',
      slo: { availability: '99.5%', freshness: '< 2 days' },
      terms: { usage: 'Reporting and forecasts.' },
      price: { amount: 9.5, currency: 'EUR' },
    });
    expect(data.fields?.map(({ name }) => name)).toEqual(['order_id', 'amount', 'city']);
    const kept = await db().importedContract.findUniqueOrThrow({ where: { draftId: id } });
    expect(kept).toMatchObject({ format: 'odcs', version: 'v3.1.0', text: ORDERS });
    const row = await db().auditEvent.findFirstOrThrow({
      where: { action: 'contract.import', targetId: id },
    });
    expect(row.detail).toMatchObject({ format: 'odcs', version: 'v3.1.0' });
    await discardDraft(ctx, { draftId: id });
    expect(await db().importedContract.count({ where: { draftId: id } })).toBe(0);
  });

  it('stands for the table that is asked for', async () => {
    const { ctx } = await producer();
    const { id } = await importContract(ctx, { text: ORDERS, object: 'carriers' });
    expect((await getDraft(ctx, id)).data.fields?.map(({ name }) => name)).toEqual(['code']);
  });

  it('that is broken makes no draft and names lines', async () => {
    const { ctx } = await producer();
    const error = await failure(
      importContract(ctx, { text: ORDERS.replace('logicalType: integer', 'logicalType: int') }),
    );
    expect(error.code).toBe('invalid');
    expect(Object.values(error.details.fields ?? {})).toEqual([
      expect.stringMatching(
        /^Line 25, column 22, schema\[0\]\.properties\[0\]\.logicalType: "int" is not known here/,
      ),
    ]);
    const mine = ctx.actor.type === 'user' ? ctx.actor.id : '';
    expect(await db().productDraft.count({ where: { authorId: mine } })).toBe(0);
  });

  it('is taken in the newer version when that is asked for, and refused when there is none', async () => {
    const { ctx } = await producer();
    const old = ORDERS.replace('v3.1.0', 'v3.0.2').replace(
      /team:[\s\S]*?roles:/,
      'team: [{ username: ola }]\nroles:',
    );
    const text = old
      .replaceAll('metric:', 'rule:')
      .replace('id: orders_obj\n    ', '')
      .replace('      - id: order_id_prop\n        name', '      - name');
    const { id } = await importContract(ctx, { text, upgrade: true });
    const kept = await db().importedContract.findUniqueOrThrow({ where: { draftId: id } });
    expect(kept.version).toBe('v3.1.0');
    expect(readContract(kept.text)).toMatchObject({
      ok: true,
      document: { team: { members: [{ username: 'ola' }] } },
    });
    expect((await failure(importContract(ctx, { text: ORDERS, upgrade: true }))).code).toBe(
      'invalid',
    );
  });

  it('is for people who may create products', async () => {
    const nobody = await ctxOf(await makeUser());
    expect((await failure(importContract(nobody, { text: ORDERS }))).code).toBe('forbidden');
  });
});

describe('a product that began with a contract', () => {
  it('exports it again with what Portolan knows now, and all that it does not', async () => {
    const { ctx, domain, name } = await productOf(ORDERS);
    const { document, yaml, version } = await productContract(ctx, domain, name, {
      format: 'odcs',
    });
    expect(version).toBe('v3.1.0');
    expect(readContract(yaml)).toMatchObject({ ok: true, findings: [] });
    const before = readContract(ORDERS).document as Group;
    // The state, the domain and the owner are Portolan's; the response time came from the wizard.
    const { status, team, slaProperties, domain: home, roles, ...rest } = document;
    const { status: _s, team: _t, slaProperties: levels, domain: _d, roles: _r, ...same } = before;
    expect(rest).toEqual(same);
    expect({ status, home }).toEqual({ status: 'draft', home: domain });
    expect((slaProperties as Group[]).slice(0, 3)).toEqual(levels);
    expect(slaProperties).toContainEqual({ property: 'latency', value: 500, unit: 'ms' });
    expect((team as Group).members).toHaveLength(2);
    expect(roles).toEqual(before.roles);
  });

  it('shows what runs, what is only kept and what it promises', async () => {
    const { ctx, domain, name } = await productOf(ORDERS);
    const view = await contractView(ctx, domain, name);
    expect(view).toMatchObject({
      imported: { format: 'odcs', version: 'v3.1.0' },
      version: '2.4.0',
      otherObjects: ['carriers'],
      price: { amount: 9.5 },
      support: [{ channel: '#orders', href: 'https://chat.example/orders' }],
      findings: [],
    });
    expect(view.rules).toHaveLength(6);
    expect(view.keptRules).toMatchObject([{ reason: expect.stringContaining('for people') }]);
    expect(view.columns[0]?.semantics).toContainEqual({
      label: 'Business name',
      text: 'Order number',
    });
    expect(view.columns[1]?.constraints).toEqual(['at least 0']);
  });

  it('gives every other format too, each valid', async () => {
    const { ctx, domain, name } = await productOf(ORDERS);
    for (const format of ['odps', 'dataproduct'] as const) {
      const { yaml } = await productContract(ctx, domain, name, { format });
      expect(readContract(yaml), format).toMatchObject({ ok: true, format });
    }
  });
});

describe('a DataProduct document', () => {
  it('starts a draft that builds the same document again, unknown fields kept', async () => {
    const { ctx, draftId } = await makeDraft();
    const { yaml } = await reviewDraft(ctx, draftId);
    const { id } = await importContract(ctx, { text: `${yaml}  costCentre: 4711\n` });
    const [before, after] = [await getDraft(ctx, draftId), await getDraft(ctx, id)];
    const { source: _, quality, ...rest } = before.data;
    expect(after.data).toMatchObject({
      ...rest,
      fields: rest.fields?.map((field) => ({ sourceName: field.name, ...field })),
      source: { kind: 'upload' },
    });
    expect(after.data.quality).toEqual(quality);
  });

  it('comes back with the fields that are not known here', async () => {
    const made = await makeDraft({
      csv: 'order_id,amount,city\n1,1.5,Oslo\n',
      data: {
        fields: [
          { name: 'order_id', type: 'long' },
          { name: 'amount', type: 'decimal', precision: 12, scale: 2 },
          { name: 'city', type: 'string' },
        ],
      },
    });
    const { yaml } = await reviewDraft(made.ctx, made.draftId);
    const text = `${yaml}  costCentre: 4711\n`.replace(
      '    - name: city\n',
      '    - name: city\n      unit: none\n',
    );
    const { ctx, domain, name } = await productOf(text);
    const { document } = await productContract(ctx, domain, name, {
      format: 'dataproduct',
    });
    const spec = document.spec as Group;
    expect(spec.costCentre).toBe(4711);
    expect((spec.schema as Group[]).find((column) => column.name === 'city')).toMatchObject({
      unit: 'none',
    });
  });

  it('that is broken is refused with lines', async () => {
    const { ctx } = await producer();
    const text =
      'apiVersion: v1\nkind: DataProduct\nmetadata:\n  name: X\n  namespace: sales\nspec: {}\n';
    const error = await failure(importContract(ctx, { text }));
    expect(error.code).toBe('invalid');
    expect(Object.values(error.details.fields ?? {})[0]).toMatch(
      /^Line 4, column 9, metadata.name/,
    );
  });
});
