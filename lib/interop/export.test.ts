import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { qualityRule } from '@/lib/products/build-descriptor';
import { rulesOfDocument } from '@/lib/products/rules-of-document';
import { type DataProduct, printDocument, sloTargets } from '@/lib/specs';
import { overlayDataProduct } from './dataproduct';
import { newOdcs, overlayOdcs } from './odcs/export';
import { knownOfOdcs } from './odcs/import';
import { newOdps } from './odps/convert';
import { readContract } from './read-contract';
import type { Group } from './shape';
import { anyKnown } from './testing/any-known';

describe('an export', () => {
  const about = {
    id: 'p1',
    createdAt: '2026-01-31T12:00:00.000Z',
    location: 'https://portal.example/rows',
  };

  it('of any product is valid in its own version, and reads back to the same product', () => {
    fc.assert(
      fc.property(anyKnown, (product) => {
        const read = readContract(printDocument(newOdcs(product, about)));
        expect(read.findings.filter(({ level }) => level === 'error')).toEqual([]);
        const back = knownOfOdcs(read.document as Group);
        expect({ ...back, slo: sloTargets(back.slo) }).toEqual({
          ...product,
          slo: sloTargets(product.slo),
          quality: expect.arrayContaining(product.quality),
        });
        expect(back.quality).toHaveLength(product.quality.length);
        expect(overlayOdcs(read.document as Group, product)).toEqual(read.document);
      }),
      { numRuns: 100 },
    );
  });

  it('as ODPS is valid too', () => {
    fc.assert(
      fc.property(anyKnown, (product) => {
        const port = { name: 'rows', type: 'rest_api', version: '1.0.0', contractId: 'p1' };
        const inputs = [{ name: 'sales/customers', version: '1.0.0', contractId: 'p2' }];
        const document = newOdps(product, {
          ...about,
          url: 'https://portal.example/p',
          output: port,
          inputs,
        });
        expect(readContract(printDocument(document))).toMatchObject({
          ok: true,
          format: 'odps',
          findings: [],
        });
      }),
      { numRuns: 50 },
    );
  });
});

it('a DataProduct document keeps its rules as it wrote them, while they say the same', () => {
  const quality = [
    { check: 'not_null', columns: ['a', 'b'], threshold: '95%', note: 1 },
    { name: 'few', check: 'row_count', threshold: '< 9', enforcement: 'warning' },
  ];
  const imported = (rules: unknown[]) => ({
    ...{ apiVersion: 'v1', kind: 'DataProduct' },
    metadata: { name: 'orders', namespace: 'sales-domain' },
    spec: {
      ...{ owner: 'ola@portolan.example', version: '1.0.0', description: 'Orders.' },
      schema: ['a', 'b'].map((name) => ({ name, type: 'string' })),
      quality: rules,
    },
  });
  const document = imported(quality) as unknown as DataProduct;
  const now = (document.spec.quality ?? []).flatMap(rulesOfDocument).map(qualityRule);
  expect(now).toHaveLength(3);
  const exported = (rules: unknown[]) =>
    overlayDataProduct(document, imported(rules) as unknown as DataProduct).spec;
  expect(exported(now)).toMatchObject({ quality });
  expect(exported(now.slice(1))).toMatchObject({ quality: [now[1], quality[1]] });
});
