import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildDescriptor } from '@/lib/products/build-descriptor';
import { type CompleteDraft, DraftData } from '@/lib/products/draft-data';
import { printDocument } from '@/lib/specs';
import { draftOfContract } from './draft-of';
import { type Known, knownOfProduct } from './known';
import { slugOf } from './names';
import { overlayOdcs } from './odcs/export';
import { knownOfOdcs } from './odcs/import';
import { upgradeContract } from './odcs/upgrade';
import { isOdcsVersion } from './odcs/versions';
import { knownOfOdps, overlayOdps } from './odps/convert';
import { type ReadContract, readContract } from './read-contract';
import type { Group } from './shape';

/**
 * Documents that other projects publish. They stay where they are: `PORTOLAN_CORPUS` names the folder. Its
 * `classes.tsv` says of each whether the standard's own schema takes it.
 */
const corpus = process.env.PORTOLAN_CORPUS;
const list = corpus && path.join(corpus, 'classes.tsv');
if (!list || !existsSync(list)) {
  process.stderr.write('PORTOLAN_CORPUS is not set: the conformance of contracts is not tested.\n');
}

interface Entry {
  kind: string;
  kept: string;
  file: string;
  read: ReadContract;
}

const KINDS = new Set(['odcs', 'odps-bitol', 'dcs']);
/** Refused by their declared version, each for what its author meant as valid; told, never guessed at. */
const isRefused = ({ kind, kept }: Entry) =>
  kind === 'dcs' || !/^(valid|schema-invalid)$/.test(kept);

function entries(): Entry[] {
  return readFileSync(list!, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([kind = '']) => KINDS.has(kind))
    .map(([kind = '', kept = '', file = '']) => ({
      kind,
      kept,
      file,
      read: readContract(readFileSync(path.join(corpus!, file), 'utf8')),
    }));
}

/** Import, through the draft and the descriptor that the wizard makes of it, and export again. */
function roundTrip({ format, document }: ReadContract): Group {
  const contract = document as Group;
  const draft = DraftData.parse(draftOfContract(format!, contract));
  const { fields = [], quality = [], tags = [], access = [], slo = {} } = draft;
  const complete = {
    ...{ template: 'batch_analytics', domain: 'sales', name: 'orders', owner: 'a@b.example' },
    ...{ title: 'Orders', description: 'Orders', classification: 'internal', schedule: 'daily' },
    ...{ documentation: '', source: { kind: 'upload', uploadId: 'u' } },
    ...draft,
    ...{ fields, quality, tags, access, slo },
  } as CompleteDraft;
  const product = knownOfProduct(buildDescriptor(complete), 'development');
  const said = format === 'odcs' ? knownOfOdcs(contract) : knownOfOdps(contract);
  // What a person decides in the wizard is not the document's to keep.
  const { title, description, owner, version, status } = said;
  const address = { name: slugOf(said.name), domain: slugOf(said.domain) };
  const decided = { ...address, title, description, owner, version, status };
  const present = Object.fromEntries(Object.entries(decided).filter(([, value]) => value));
  const { fields: columns, quality: rules, ...rest } = product;
  const now = { tags: rest.tags, slo: rest.slo, terms: rest.terms, support: rest.support } as Known;
  const known = {
    ...now,
    ...present,
    ...(rest.price && { price: rest.price }),
    access: rest.access,
    fields: columns,
    quality: rules,
  };
  return format === 'odcs' ? overlayOdcs(contract, known) : overlayOdps(contract, known);
}

describe.skipIf(!list || !existsSync(list))('the corpus of contracts', () => {
  const all = list && existsSync(list) ? entries() : [];

  it('every valid document is imported and comes back without loss', () => {
    const valid = all.filter(({ kind, kept }) => kept === 'valid' && kind !== 'dcs');
    expect(valid.length).toBeGreaterThan(0);
    for (const { file, read } of valid) {
      expect(read, file).toMatchObject({ ok: true });
      const exported = roundTrip(read);
      expect(exported, file).toEqual(read.document);
      expect(readContract(printDocument(exported)).document, file).toEqual(read.document);
    }
  });

  it('every invalid document is refused with the place of its fault', () => {
    for (const entry of all.filter(isRefused)) {
      const { file, read } = entry;
      const errors = read.findings.filter(({ level }) => level === 'error');
      expect(read.ok, file).toBe(false);
      expect(errors.length, file).toBeGreaterThan(0);
      for (const { line, column, message } of errors) {
        expect(line, file).toBeGreaterThan(0);
        expect(column, file).toBeGreaterThan(0);
        expect(message, file).toMatch(/\w.*[.?]$/);
      }
    }
  });

  it('every valid contract of 3.0 can be brought to the current version', () => {
    for (const { file, read } of all) {
      if (read.format !== 'odcs' || !read.document || !isOdcsVersion(read.version)) continue;
      const upgrade = upgradeContract(read.document, read.version);
      if (upgrade) expect(upgrade.remaining, file).toEqual([]);
    }
  });

  it('shows its results', () => {
    const rows = Object.entries(Object.groupBy(all, ({ kind, kept }) => `${kind}: ${kept}`));
    const table = rows.map(([name, group = []]) => ({
      name,
      documents: group.length,
      imported: group.filter(({ read }) => read.ok).length,
      refused: group.filter(({ read }) => !read.ok).length,
      'round-tripped': group.filter(
        ({ read, kind }) =>
          read.ok &&
          kind !== 'dcs' &&
          printDocument(roundTrip(read)) === printDocument(read.document!),
      ).length,
    }));
    process.stdout.write(`${tableText(table)}\n`);
    expect(table.length).toBeGreaterThan(0);
  });
});

function tableText(rows: Record<string, string | number>[]): string {
  const heads = Object.keys(rows[0] ?? {});
  const lines = [heads, ...rows.map((row) => heads.map((head) => String(row[head])))];
  const widths = heads.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => (at ? cell.padStart(widths[at]!) : cell.padEnd(widths[at]!)))
        .join('  '),
    )
    .join('\n');
}
