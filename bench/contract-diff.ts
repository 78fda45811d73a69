import { diffContracts } from '@/lib/products/contract-diff';
import { type DataProduct, FIELD_TYPES, type SchemaField } from '@/lib/specs';

/**
 * The diff of two contracts of 2,000 fields, a tenth of them changed, beside one structuredClone and one JSON round
 * trip of the same two documents: what it costs a machine only to look at them.
 */
const FIELDS = 2000;
const ROUNDS = 30;

function contract(isNewer: boolean): DataProduct {
  const schema = Array.from({ length: FIELDS }, (_, at): SchemaField => {
    const type = FIELD_TYPES[at % 9] ?? 'string';
    const field: SchemaField = {
      name: `column_${at}`,
      type,
      description: `What column ${at} holds.`,
    };
    if (!isNewer || at % 10 > 0) return field;
    if (at % 30 === 0) return { ...field, name: `renamed_${at}` };
    return at % 20 === 0 ? { ...field, required: true } : { ...field, type: 'json' };
  });
  return {
    apiVersion: 'v1',
    kind: 'DataProduct',
    metadata: { name: 'wide', namespace: 'sales-domain' },
    spec: { owner: 'o@portolan.example', version: '1.0.0', description: 'Wide.', schema },
  };
}

const before = contract(false);
const after = contract(true);

function medianMs(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  }).toSorted((a, b) => a - b);
  return times[Math.floor(ROUNDS / 2)]!;
}

const { changes, renames } = diffContracts(before, after);
const diffMs = medianMs(() => diffContracts(before, after));
const cloneMs = medianMs(() => [structuredClone(before), structuredClone(after)]);
const jsonMs = medianMs(() => [before, after].map((one) => JSON.parse(JSON.stringify(one))));
const line = (name: string, ms: number) => `${name.padEnd(34)} ${ms.toFixed(2).padStart(8)} ms\n`;
process.stdout.write(
  line(`diff of ${FIELDS} fields`, diffMs) +
    line('structuredClone of both', cloneMs) +
    line('JSON round trip of both', jsonMs) +
    `${changes.length} changes, ${renames.length} renames seen; ${(diffMs / cloneMs).toFixed(1)}× structuredClone, ${(diffMs / jsonMs).toFixed(1)}× JSON; target 50 ms ${diffMs < 50 ? 'met' : 'MISSED'}\n`,
);
if (diffMs >= 50) process.exitCode = 1;
