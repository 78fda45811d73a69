import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DataProduct, domainOf, sloTargets } from './data-product';
import { policyDomain, requirementsOf } from './governance-policy';
import { formatIssue } from './issue';
import { checkDocumentAs, parseDocument, parseDocumentAs } from './parse';
import { createPipeline } from './processing';
import { printDocument } from './yaml-print';
import { readYaml } from './yaml-read';

const root = path.resolve(import.meta.dirname, '../..');
const files = globSync(['lib/specs/fixtures/*.yaml', 'prisma/seed/**/*.yaml'], { cwd: root });
const load = (file: string) => readFileSync(path.join(root, file), 'utf8');
const specProduct = load('lib/specs/fixtures/data-product.yaml');

function complaints(text: string): string[] {
  const result = parseDocument(text);
  return result.ok ? [] : result.issues.map(formatIssue);
}
const product = (spec: string) =>
  `apiVersion: v1\nkind: DataProduct\nmetadata: {name: orders, namespace: sales}\nspec:\n  owner: a@b.example\n  version: "1.0.0"\n  description: Orders\n${spec}`;
const withColumn = (rest: string) => product(`  schema: [{name: a, type: string}]\n${rest}`);

describe('documents', () => {
  it('finds the fixtures and seeds', () => expect(files.length).toBeGreaterThanOrEqual(12));

  it.each(files)('%s parses and round-trips', (file) => {
    const first = parseDocument(load(file));
    if (!first.ok) throw new Error(first.issues.map(formatIssue).join('\n'));
    const again = parseDocument(printDocument(first.document));
    expect(again).toEqual(first);
    expect(JSON.parse(JSON.stringify(first.document))).toEqual(first.document);
  });

  it('keeps the spec values as written and reads them as quantities', () => {
    const result = parseDocumentAs('DataProduct', specProduct);
    if (!result.ok) throw new Error(result.issues.map(formatIssue).join('\n'));
    expect(result.document.spec.slo?.availability).toBe('99.9%');
    expect(domainOf(result.document)).toBe('sales');
    expect(sloTargets(result.document.spec.slo)).toEqual({
      availability: { value: 99.9, unit: 'percent' },
      latency: { value: 100, unit: 'ms', operator: '<' },
      freshness: { value: 1, unit: 'hours', operator: '<' },
    });
  });

  it('reads both forms of a policy', () => {
    const all = parseDocumentAs('DataGovernancePolicy', load('prisma/seed/policies/global.yaml'));
    const finance = parseDocumentAs(
      'DataGovernancePolicy',
      load('prisma/seed/policies/finance.yaml'),
    );
    if (!all.ok || !finance.ok) throw new Error('a seeded policy does not parse');
    expect(policyDomain(all.document)).toBeNull();
    expect(policyDomain(finance.document)).toBe('finance');
    expect(finance.document.spec.quality_requirements?.accuracy).toBe(99.5);
    expect(requirementsOf(all.document.spec.compliance![0]!)).toEqual({
      data_minimization: true,
      right_to_erasure: true,
      data_portability: true,
    });
  });

  it('keeps unknown fields', () => {
    const result = parseDocument(withColumn('  costCentre: 42\n  x-team: {chat: "#orders"}\n'));
    expect(result.ok && result.document.spec).toMatchObject({
      costCentre: 42,
      'x-team': { chat: '#orders' },
    });
  });

  it('prints any JSON so that it reads back the same', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));
    const key = text.filter((one) => one !== '__proto__' && one !== '<<');
    const scalar = fc.oneof(
      text,
      fc.boolean(),
      fc.constant(null),
      fc.maxSafeInteger(),
      fc.constantFrom(
        'yes',
        'no',
        '1.0',
        '1e3',
        '',
        ' x',
        '- a',
        '#c',
        '~',
        '0x1f',
        '2024-01-01',
        ': ',
      ),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        scalar,
        fc.array(tie('tree')),
        fc.dictionary(key, tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(key, tree, { minKeys: 1 }), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        const read = readYaml(printDocument(plain));
        expect(read.ok && read.value).toEqual(plain);
      }),
    );
  });
});

describe('errors name line, path and remedy', () => {
  it.each([
    [
      withColumn('  classification: secret\n'),
      /^Line 9, column 19, spec\.classification: "secret" is not known here\. Use one of public/,
    ],
    [
      product('  schema:\n    - name: a\n      type: varchar\n'),
      /^Line 10, column 13, spec\.schema\[0\]\.type: .*Write string\./,
    ],
    [
      product('  schema:\n    - {name: a, type: array}\n'),
      /^Line 9, .*spec\.schema\[0\]\.items: An array says/,
    ],
    [
      product('  schema: [{name: a, type: date}, {name: A, type: date}]\n'),
      /schema\[1\]\.name: "A" is also the name of field 1/,
    ],
    [product('  tags: []\n'), /^Line 4, column 1, spec\.schema: Missing\. Add a list/],
    [specProduct.replace('"1.0.0"', '1.0'), /spec\.version: "1" is a number, but text is needed/],
    [withColumn('  slo: {availability: 120%}\n'), /slo\.availability: Use a percentage/],
    [withColumn('  source: {type: ftp}\n'), /source\.type: .*one of upload, product, sql, stream/],
    [
      withColumn('  processing: {type: etl, schedule: often}\n'),
      /processing\.schedule: Use hourly/,
    ],
    [
      withColumn('  quality: [{check: unique, column: b}]\n'),
      /quality\[0\]\.column: The schema has no column "b"/,
    ],
    [
      withColumn('  access: [{role: x, permissions: [fly]}]\n'),
      /permissions\[0\]: "fly" is not known/,
    ],
    ['kind: DataProduct\n', /apiVersion: Missing\. Write apiVersion: v1/],
    [
      'apiVersion: v2\nkind: DataProduct\n',
      /^Line 1, column 13, apiVersion: "v2" is not supported/,
    ],
    [
      'apiVersion: v1\nkind: Pod\n',
      /^Line 2, column 7, kind: "Pod" is not a kind known here\. Write kind: DataProduct/,
    ],
    ['- a\n', /A document is a group of fields/],
    [
      'apiVersion: v1\nkind: DataGovernancePolicy\nmetadata: {name: global-x}\nspec: {access_control: role_based}\n',
      /Add metadata\.namespace/,
    ],
  ])('%#', (text, expected) => expect(complaints(text).join('\n')).toMatch(expected));

  it('takes one kind only when asked to', () => {
    const result = parseDocumentAs('DataPlatform', specProduct);
    expect(!result.ok && result.issues[0]?.message).toMatch(/Write kind: DataPlatform/);
  });

  it('checks values that never were text', () => {
    const result = checkDocumentAs('DataProduct', {
      apiVersion: 'v1',
      kind: 'DataProduct',
    } as Partial<DataProduct>);
    expect(result.ok ? [] : result.issues.map((one) => [one.path, one.line])).toEqual([
      ['metadata', 0],
      ['spec', 0],
    ]);
  });
});

describe('hostile YAML', () => {
  const bomb = `a: &a [x, x]\n${'bcdefgh'
    .split('')
    .map((one, index) => `${one}: &${one} [*${'abcdefgh'[index]}, *${'abcdefgh'[index]}]`)
    .join('\n')}\n`;
  it.each([
    ['nothing', '', /empty/],
    ['comments only', '# hello\n', /empty/],
    ['an alias bomb', bomb, /^Line 2, column \d+, b\[0\]: The alias \*a is not allowed/],
    ['a self reference', 'a: &a [*a]\n', /alias/],
    ['deep flow', '['.repeat(100_000), /nested more than 40/],
    ['deep maps', '{a: '.repeat(50_000), /nested more than 40/],
    ['deep lists', '- '.repeat(5000), /nested more than 40/],
    ['too many values', `a: [${'1,'.repeat(200_000)}]`, /Split the document/],
    ['over 1 MB', 'a'.repeat(1_000_001), /larger than 1 MB/],
    ['over 1 MB in bytes', 'é'.repeat(600_000), /larger than 1 MB/],
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n', /^Line 3, column 1, a: This key stands here twice/],
    ['two documents', 'a: 1\n---\nb: 2\n', /^Line [23], .*second document/],
    ['a prototype key', '__proto__: {x: 1}\n', /This key is not allowed/],
    ['a merge key', 'a: {<<: {b: 1}}\n', /This key is not allowed/],
    ['a tag', 'a: !!js/function "x"\n', /Line 1/],
    ['a binary tag', 'a: !!binary aGk=\n', /Line 1/],
    ['a number as key', '1: a\n', /Only text can be a key/],
    ['a list as key', '? [a]\n: b\n', /Only text can be a key/],
    ['infinity', 'a: .inf\n', /finite/],
    ['a lossy integer', 'a: 12345678901234567890\n', /Put it in quotes/],
    ['an escaped NUL', 'a: "x\\0"\n', /NUL/],
    ['a raw NUL', 'a: x\0\n', /control character/],
    ['half a surrogate', 'a: "\\uD800"\n', /half a character/],
    ['a tab indent', 'a:\n\tb: 1\n', /^Line 2/],
    ['an open quote', 'a: "b\n', /not valid YAML/],
    ['a bad indent', 'a: 1\n  b: 2\n', /not valid YAML/],
  ])('%s', (_name, text, expected) => expect(complaints(text).join('\n')).toMatch(expected));

  it('stays quick with many distinct keys', () => {
    const text = Array.from({ length: 45_000 }, (_, index) => `k${index}: 1`).join('\n');
    expect(complaints(text)[0]).toMatch(/kind: Missing/);
  });

  it('never throws', () => {
    const yamlish = fc.array(
      fc.constantFrom(
        'a',
        ': ',
        '- ',
        '\n',
        '  ',
        '[',
        ']',
        '{',
        '}',
        '&x',
        '*x',
        '!',
        '"',
        "'",
        '|',
        '>',
        '#',
        '?',
        '---',
        '\t',
        '%',
        ',',
        '1',
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(yamlish, (parts) => void parseDocument(parts.join(''))),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseDocument(text)));
  });
});

describe('pipelines', () => {
  it('fills in what the spec fills in', () => {
    expect(createPipeline('etl')).toEqual({
      type: 'etl',
      extract: {},
      transform: {},
      load: {},
      schedule: 'daily',
    });
    expect(createPipeline('etl', { schedule: 'hourly' })).toMatchObject({ schedule: 'hourly' });
    expect(Object.keys(createPipeline('streaming'))).toEqual([
      'type',
      'source',
      'processing',
      'sink',
      'checkpointing',
    ]);
    expect(createPipeline('ml', { monitoring: { drift: true } })).toMatchObject({
      monitoring: { drift: true },
    });
  });
  it('refuses the rest', () => {
    expect(() => createPipeline('toString')).toThrow('Unknown processing type "toString"');
    expect(() => createPipeline('etl', { schedule: 'often' })).toThrow(/schedule/);
  });
});
