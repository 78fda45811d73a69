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

interface Times {
  wallMs: number;
  cpuMs: number;
}

/** Medians of the clock and of the processor's own time, which a busy machine does not stretch. */
function median(work: () => void): Times {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return { wallMs: performance.now() - start, cpuMs: (user + system) / 1000 };
  });
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  return {
    wallMs: middle(times.map(({ wallMs }) => wallMs)),
    cpuMs: middle(times.map(({ cpuMs }) => cpuMs)),
  };
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
const line = (name: string, { wallMs, cpuMs }: Times) =>
  process.stdout.write(
    `${name.padEnd(34)} ${wallMs.toFixed(1).padStart(8)} ms  ${cpuMs.toFixed(1).padStart(8)} ms CPU  ${(cpuMs / alone.cpuMs).toFixed(2)}×\n`,
  );
process.stdout.write(
  `${known.fields.length} columns, ${(text.length / 1000).toFixed(0)} kB, median of ${ROUNDS}\n`,
);
line('YAML parse alone', alone);
line('import: read, check, lint, draft', whole);
line('export over the imported contract', out);
