import { datasetName } from '@/lib/lineage/external/names';
import { type Cases, none, product } from './shared';

/** What a job outside the portal tells of a product. */
const told = {
  ...{
    eventTime: '2026-01-31T08:00:00Z',
    eventType: 'COMPLETE',
    producer: 'https://example.org/x',
  },
  ...{ run: { runId: '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7' }, inputs: [] },
  job: { namespace: 'scheduler', name: 'hourly' },
  outputs: [{ ...datasetName('vault/ledger') }],
};

export const lineage = {
  cases: {
    'lineage/columnLineage': ({ ids }) => [ids.ledger, { column: 'entry' }],
    'lineage/ingestLineage': () => [told],
    'lineage/lineageEvents': product,
    'lineage/lineageImpact': product,
    'lineage/meshLineage': none,
    'lineage/openLineageJob': product,
    'lineage/productLineage': product,
  },
  open: {
    'lineage/columnLineage': 'columns of products that a policy lets them discover',
    'lineage/lineageEvents':
      'how runs of jobs ended that make a product that they may discover, without their facets',
    'lineage/lineageImpact':
      'products that a policy lets them discover, and how many people use one, without names',
    'lineage/meshLineage': 'products that a policy lets them discover',
    'lineage/openLineageJob': 'columns of products that a policy lets them discover',
    'lineage/productLineage': 'products that a policy lets them discover',
  },
  parts: {
    'lineage/insertEvents': 'writes the rows of ingestLineage, after its guard',
    'lineage/withProducts': 'part of ingestLineage, after its guard',
  },
} satisfies Cases;
