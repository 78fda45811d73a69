import { parse } from 'yaml';
import { draftOfContract } from '@/lib/interop/draft-of';
import { overlayOdcs } from '@/lib/interop/odcs/export';
import { knownOfOdcs } from '@/lib/interop/odcs/import';
import { readContract } from '@/lib/interop/read-contract';

/**
 * Importing an ODCS contract of 200 kB, from text to draft with every check, beside parsing the same YAML alone;
 * then laying a product over the imported contract. Target: 100 ms.
 */
const BYTES = 200_000;
const ROUNDS = 25;

function contract(): string {
  const lines = [
    'apiVersion: v3.1.0',
    'kind: DataContract',
    'id: urn:contract:bench:wide',
    'name: Wide',
    'version: 1.0.0',
    'status: active',
    'schema:',
    '  - name: wide',
    '    logicalType: object',
    '    properties:',
  ];
  let size = lines.join('\n').length;
  for (let index = 0; size < BYTES; index += 1) {
    const property = [
      `      - name: column_${index}`,
      '        logicalType: string',
      '        physicalType: varchar(50)',
      `        description: What column ${index} holds, in a sentence of the usual length.`,
      '        required: true',
      '        classification: internal',
      '        tags: [sales, gold]',
      '        logicalTypeOptions:',
      '          maxLength: 50',
      '        quality:',
      '          - type: library',
      '            metric: nullValues',
      '            mustBe: 0',
    ].join('\n');
    lines.push(property);
    size += property.length + 1;
  }
  return `${lines.join('\n')}\n`;
}

function median(work: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
}

const text = contract();
const read = readContract(text);
if (!read.document) throw new Error('The contract of the benchmark is not valid.');
const { document } = read;
const known = knownOfOdcs(document);

const alone = median(() => parse(text));
const whole = median(() => {
  const { format, document: found } = readContract(text);
  if (format && found) draftOfContract(format, found);
});
const out = median(() => {
  overlayOdcs(document, known);
});
const line = (name: string, ms: number) =>
  process.stdout.write(
    `${name.padEnd(34)} ${ms.toFixed(1).padStart(8)} ms  ${(ms / alone).toFixed(2)}×\n`,
  );
process.stdout.write(
  `${known.fields.length} columns, ${(text.length / 1000).toFixed(0)} kB, median of ${ROUNDS}\n`,
);
line('YAML parse alone', alone);
line('import: read, check, lint, draft', whole);
line('export over the imported contract', out);
