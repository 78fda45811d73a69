import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type AppError, db } from '@/lib/core';
import { driverServices } from '@/lib/jobs/services';
import { provisionRun } from '@/lib/provisioning/provision-workflow';
import { runDeps } from '@/lib/provisioning/run-deps';
import { submitProduct } from '@/lib/provisioning/submit-product';
import { activateVersion, openChange, withdrawChange } from '@/lib/provisioning/versions';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import { ctxOf, makeMember, makeUser } from '@/lib/runtime/testing/factories';
import { makeDraft, seedMesh } from '@/lib/runtime/testing/product-draft';
import { contractView } from './contract-view';
import { contractOnto, proposeContract } from './import-onto';
import { productContract } from './product-contract';

useTestDatabase();
beforeAll(seedMesh);

const ORDERS = readFileSync(path.join(import.meta.dirname, 'fixtures/orders.odcs.yaml'), 'utf8');
/** The fixture as a contract of the product below: the rules that its rows would not meet left out. */
const FITTING = ORDERS.replace(
  / {4}quality:\n {6}- type: library\n {8}metric: rowCount[\s\S]*?(?= {2}- name: carriers)/,
  '',
);
const reason = 'The contract comes from outside';
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it should have been refused'),
    (error: AppError) => error,
  );

async function live() {
  const draft = await makeDraft({
    csv: 'order_id,amount,city\n1,10.5,Oslo\n2,20.25,Bergen\n',
    data: {
      fields: [
        { name: 'order_id', type: 'long' },
        { name: 'amount', type: 'decimal', precision: 12, scale: 2 },
        { name: 'city', type: 'string' },
      ],
    },
  });
  const { productId, runId } = await submitProduct(draft.ctx, draft);
  const run = (id: string) =>
    provisionRun(
      { step: (_name, work) => work(), sleep: async () => {} },
      runDeps(driverServices, {}),
      id,
    );
  await run(runId);
  return { ...draft, productId, run, address: [draft.domain.name, 'orders'] as const };
}

describe('a contract that is imported onto a live product', () => {
  it('becomes a proposed version that goes through the gate, and what is not understood stays', async () => {
    const { ctx, productId, run, address } = await live();
    const before = await productContract(ctx, ...address);
    const { yaml, findings, format, notes } = await contractOnto(ctx, { productId, text: FITTING });
    expect({ findings, format }).toEqual({ findings: [], format: 'odcs' });
    expect(notes.join(' ')).toContain('of the domain "sales"');
    expect(await db().versionDocument.count()).toBe(0);

    const { version, versionId } = await proposeContract(ctx, {
      ...{ productId, yaml, reason, document: { text: FITTING } },
    });
    expect(version).toBe('2.4.0');
    const change = await openChange(ctx, productId);
    expect(change?.diff.changes.map(({ path: at }) => at)).toContain('price');
    const event = await db().auditEvent.findFirstOrThrow({
      where: { action: 'contract.import', targetId: versionId },
    });
    expect(event).toMatchObject({ productId, detail: { format: 'odcs', version: 'v3.1.0' } });

    // The contract in force is as it was; the proposed one can be read beside it.
    expect((await productContract(ctx, ...address)).document).toEqual(before.document);
    const proposed = await productContract(ctx, ...address, { version: '2.4.0' });
    expect(proposed.document).toMatchObject({
      ...{ id: 'urn:contract:shop:orders', version: '2.4.0', status: 'draft' },
      customProperties: [{ property: 'costCentre', value: 4711 }],
    });

    const { runId } = await activateVersion(ctx, { versionId });
    await run(runId!);
    const now = await productContract(ctx, ...address);
    expect(now.document).toMatchObject({
      ...{ id: 'urn:contract:shop:orders', version: '2.4.0', status: 'active' },
      customProperties: [{ property: 'costCentre', value: 4711 }],
      schema: [{ name: 'orders' }, { name: 'carriers' }],
    });
    const view = await contractView(ctx, ...address);
    expect(view.imported).toMatchObject({ format: 'odcs', version: 'v3.1.0' });
    expect(view.price).toEqual({ amount: 9.5, currency: 'EUR', unit: 'month' });
    const old = await productContract(ctx, ...address, { version: '1.0.0' });
    expect(old.document).toMatchObject({ id: productId, version: '1.0.0' });

    const again = await contractOnto(ctx, { productId, text: now.yaml });
    await expect(
      proposeContract(ctx, { productId, yaml: again.yaml, reason, document: { text: now.yaml } }),
    ).rejects.toThrow(/Nothing changes/);
  });

  it('that is taken back leaves nothing of itself in the exports', async () => {
    const { ctx, productId, address } = await live();
    const { yaml } = await contractOnto(ctx, { productId, text: FITTING });
    const { versionId } = await proposeContract(ctx, {
      ...{ productId, yaml, reason, document: { text: FITTING } },
    });
    await withdrawChange(ctx, { versionId });
    const { document } = await productContract(ctx, ...address);
    expect(document).toMatchObject({ id: productId, version: '1.0.0' });
    const gone = await failure(productContract(ctx, ...address, { version: '2.4.0' }));
    expect(gone).toMatchObject({ code: 'not_found', message: expect.stringContaining('2.4.0') });
  });

  it('that is broken is refused with its lines, by those who may change the contract only', async () => {
    const { ctx, productId, domain } = await live();
    const text = ORDERS.replace('logicalType: integer', 'logicalType: int');
    for (const work of [
      () => contractOnto(ctx, { productId, text }),
      () => proposeContract(ctx, { productId, yaml: 'a: 1', reason, document: { text } }),
    ]) {
      const error = await failure(work());
      expect(error.code).toBe('invalid');
      expect(Object.values(error.details.fields ?? {})[0]).toMatch(/^Line 25, column 22/);
    }
    for (const person of [await makeUser(), await makeMember(domain.id, 'data_consumer')]) {
      const other = await ctxOf(person);
      expect((await failure(contractOnto(other, { productId, text: ORDERS }))).code).toBe(
        'forbidden',
      );
    }
  });

  it('hides what its rules say from people who may not read the rows', async () => {
    const { ctx, productId, run, address } = await live();
    const { yaml } = await contractOnto(ctx, { productId, text: FITTING });
    const { versionId } = await proposeContract(ctx, {
      ...{ productId, yaml, reason, document: { text: FITTING } },
    });
    const { runId } = await activateVersion(ctx, { versionId });
    await run(runId!);
    const mine = await productContract(ctx, ...address);
    expect(mine.yaml).toContain('validValues');
    const visitor = await ctxOf(await makeUser());
    const theirs = await productContract(visitor, ...address);
    expect(theirs.yaml).not.toContain('validValues');
    expect(theirs.document.id).toBe('urn:contract:shop:orders');
  });
});
