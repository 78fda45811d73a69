import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printDocument, sloTargets } from '@/lib/specs';
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
