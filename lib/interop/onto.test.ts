import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qualityRule } from '@/lib/products/build-descriptor';
import { diffContracts } from '@/lib/products/contract-diff';
import { type DataProduct, parseDocumentAs, printDocument } from '@/lib/specs';
import { type Known, knownOfProduct } from './known';
import { newOdcs } from './odcs/export';
import { newOdps } from './odps/convert';
import { descriptorOnto, notTaken } from './onto';
import { readContract } from './read-contract';
import type { Group } from './shape';
import { anyKnown } from './testing/any-known';

const ORDERS = readFileSync(path.join(import.meta.dirname, 'fixtures/orders.odcs.yaml'), 'utf8');

/** A live product of which all this is known, with parts that no outside document has a word for. */
const productOf = (known: Known): DataProduct => ({
  apiVersion: 'v1',
  kind: 'DataProduct',
  metadata: { name: 'orders', namespace: 'sales-domain' },
  spec: {
    owner: 'ola@portolan.example',
    version: '2.0.0',
    title: known.title,
    description: known.description ?? 'Orders.',
    classification: 'internal',
    tags: known.tags,
    schema: known.fields.map((field) => ({ ...field, sourceName: `${field.name}_raw`, note: 1 })),
    source: { type: 'upload', file: 'orders.csv' },
    quality: known.quality.map((rule) => ({ ...qualityRule(rule), note: 'kept' })),
    slo: known.slo,
    terms: { ...known.terms, note: 'kept' },
    support: known.support,
    access: known.access,
    ...(known.price && { price: known.price }),
    documentation: 'All of it.',
  },
});
const about = { id: 'p1', createdAt: '2026-01-31T12:00:00.000Z' };
const exportOf = (product: DataProduct) =>
  newOdcs(knownOfProduct(product, 'production'), { ...about, location: 'https://p.example/rows' });
const read = (document: Group) => readContract(printDocument(document)).document as Group;

const ORDERS_PRODUCT = productOf({
  ...{ title: 'Orders', description: 'Every order.', tags: ['sales'] },
  fields: [
    { name: 'order_id', type: 'long', primaryKey: true, required: true },
    { name: 'amount', type: 'double' },
    { name: 'gone', type: 'string' },
  ],
  quality: [
    ...[{ name: 'order_id is present', check: 'not_null', column: 'order_id' }],
    ...[{ name: 'amount is there', check: 'not_null', column: 'amount' }],
  ].map((rule) => ({ ...rule, dimension: 'completeness', config: {}, reason: '' })),
  ...{ slo: { availability: '99.5', latency: '< 2 seconds' }, terms: {}, support: [] },
  access: [{ role: 'data_consumer', permissions: ['read'] }],
});
const take = (change: (text: string) => string = (text) => text) => {
  const { document, findings } = readContract(change(ORDERS));
  expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
  return descriptorOnto(ORDERS_PRODUCT, 'odcs', document as Group) as DataProduct;
};

describe('a document that is put onto a product', () => {
  it('changes nothing when it is the export of the product, whatever that is', () => {
    fc.assert(
      fc.property(anyKnown, (known) => {
        const product = structuredClone(productOf(known));
        const after = descriptorOnto(product, 'odcs', read(exportOf(product))) as DataProduct;
        expect(diffContracts(product, after)).toEqual({ changes: [], renames: [], bump: null });
      }),
      { numRuns: 100 },
    );
  });

  it('as ODPS changes nothing either, channels without an address among it', () => {
    const product = structuredClone(ORDERS_PRODUCT);
    product.spec.price = { amount: 3, currency: 'EUR' };
    product.spec.support = [{ channel: 'The desk' }, { channel: 'chat', url: 'https://c.example' }];
    const port = { name: 'rows', type: 'rest_api', version: '2.0.0', contractId: 'p1' };
    const document = newOdps(knownOfProduct(product, 'production'), {
      ...about,
      ...{ url: 'https://p.example', output: port, inputs: [] },
    });
    const after = descriptorOnto(product, 'odps', read(document)) as DataProduct;
    expect(diffContracts(product, after).changes.map(({ path: at }) => at)).toEqual(['support']);
    expect(after.spec.support).toEqual([...product.spec.support].reverse());
  });

  it('says what the contract says, and keeps what it has no word for', () => {
    const { spec, metadata } = take();
    expect(metadata).toEqual(ORDERS_PRODUCT.metadata);
    expect(spec).toMatchObject({
      ...{ owner: 'ola@portolan.example', version: '2.4.0', classification: 'internal' },
      ...{ documentation: 'All of it.', source: { type: 'upload', file: 'orders.csv' } },
      ...{ description: 'Every order of the shop, one row each.', tags: ['sales', 'gold'] },
      terms: {
        ...{ usage: 'Reporting and forecasts.', limitations: 'Not for contacting customers.' },
        note: 'kept',
      },
      price: { amount: 9.5, currency: 'EUR', unit: 'month' },
      slo: { availability: '99.5', freshness: '< 2 days' },
    });
    expect(spec.slo).not.toHaveProperty('latency');
    expect(spec.schema.map(({ name, sourceName }) => [name, sourceName])).toEqual([
      ['order_id', 'order_id_raw'],
      ['amount', 'amount_raw'],
      ['city', undefined],
    ]);
    expect(spec.schema[0]).toMatchObject({ note: 1, description: 'Number of the order.' });
  });

  it('leaves rules that it states as they are, and takes away those that it does not', () => {
    const names = take().spec.quality?.map((rule) => rule.name);
    expect(names?.[0]).toBe('order_id is present');
    expect(names).not.toContain('amount is there');
    expect(take().spec.quality?.[0]).toMatchObject({ note: 'kept' });
    expect(new Set(names).size).toBe(names?.length);
  });

  it('has a version that is counted up when the document’s own is not above it', () => {
    expect(take((text) => text.replace('version: 2.4.0', 'version: 1.9.0')).spec.version).toBe(
      '2.0.0',
    );
    expect(take((text) => text.replace('version: 2.4.0', 'version: v7')).spec.version).toBe(
      '2.0.0',
    );
  });

  it('as DataProduct takes all that it says and keeps how the rows are made', () => {
    const { source: _, documentation: __, price: ___, ...said } = take().spec;
    const text = printDocument({ ...ORDERS_PRODUCT, spec: { ...said, own: { a: 1 } } });
    const after = descriptorOnto(ORDERS_PRODUCT, 'dataproduct', readContract(text).document!);
    expect(parseDocumentAs('DataProduct', printDocument(after))).toMatchObject({ ok: true });
    expect(after.spec).toMatchObject({
      ...{ version: '2.4.0', own: { a: 1 }, documentation: 'All of it.' },
      source: { file: 'orders.csv' },
    });
    expect(after.spec).not.toHaveProperty('price');
  });

  it('tells what is not taken', () => {
    const document = readContract(
      ORDERS.replace('domain: sales', 'domain: Shop')
        .replace('dataProduct: orders', 'dataProduct: Web orders')
        .replace('role: analyst', 'role: owner'),
    ).document as Group;
    expect(notTaken(ORDERS_PRODUCT, 'odcs', document)).toEqual([
      'It is called "Web orders"; the product stays orders.',
      'It is of the domain "Shop"; the product stays in sales.',
      'It names ola as owner; the product keeps ola@portolan.example.',
    ]);
    expect(notTaken(ORDERS_PRODUCT, 'odcs', readContract(ORDERS).document!)).toEqual([]);
  });
});
