import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv/dist/2019';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '@/lib/specs/yaml-read';
import { Findings } from '../findings';
import { type Group, isGroup } from '../shape';
import { odcsSchema } from './schema';
import { isOdcsVersion, ODCS_VERSIONS, type OdcsVersion } from './versions';
import { eachProperty, objectsOf } from './walk';

/** The checks here beside the standard's own JSON schemas, over valid contracts that were damaged at one place. */
const corpus = process.env.PORTOLAN_CORPUS;
const schemas = corpus && path.join(corpus, 'schemas/odcs/schema');
const isThere = schemas !== undefined && existsSync(schemas);

function official(version: OdcsVersion): (value: unknown) => boolean {
  const text = readFileSync(path.join(schemas!, `odcs-json-schema-${version}.json`), 'utf8');
  const ajv = new Ajv({ strict: false, validateFormats: false });
  return ajv.compile(JSON.parse(text)) as (value: unknown) => boolean;
}

function isFine(version: OdcsVersion, value: unknown): boolean {
  const out = new Findings();
  odcsSchema(version)(value, [], out);
  // The JSON schemas leave formats to whoever validates.
  return out
    .at(() => ({ line: 1, column: 1 }))
    .every(({ level, code }) => level !== 'error' || code === 'bad-date');
}

function contracts(): { version: OdcsVersion; contract: Group }[] {
  return readFileSync(path.join(corpus!, 'classes.tsv'), 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([kind, kept]) => kind === 'odcs' && kept === 'valid')
    .flatMap(([, , file = '']) => {
      const read = readYaml(readFileSync(path.join(corpus!, file), 'utf8'));
      const value = read.ok ? read.value : null;
      return isGroup(value) && isOdcsVersion(value.apiVersion)
        ? [{ version: value.apiVersion, contract: value }]
        : [];
    });
}

/** Every group and list in a contract, with its keys. */
function places(value: unknown, found: { holder: Group; key: string }[] = []) {
  if (typeof value !== 'object' || value === null) return found;
  for (const key of Object.keys(value)) {
    found.push({ holder: value as Group, key });
    places((value as Group)[key], found);
  }
  return found;
}

const DAMAGE = [
  'drop',
  'rename',
  'text',
  'number',
  'list',
  'group',
  'null',
  'flag',
  'operator',
] as const;

function damage(contract: Group, where: number, how: (typeof DAMAGE)[number]): Group {
  const copy = structuredClone(contract);
  const all = places(copy);
  const { holder, key } = all[where % all.length]!;
  const isList = Array.isArray(holder);
  const values = { text: 'x', number: 1.5, list: [], group: {}, null: null, flag: true };
  if (how === 'drop') delete holder[key];
  else if (how === 'rename' && !isList) {
    holder[`${key}X`] = holder[key];
    delete holder[key];
  } else if (how === 'operator' && !isList) holder.mustBeLessThan = 3;
  else if (how in values) holder[key] = values[how as keyof typeof values];
  // A list keeps no holes.
  return JSON.parse(
    JSON.stringify(copy, (_key, value) =>
      Array.isArray(value) ? value.filter((one) => one !== undefined) : value,
    ),
  );
}

function hasUntyped(contract: Group): boolean {
  let isUntyped = false;
  for (const { object, path: at } of objectsOf(contract)) {
    eachProperty(object, at, ({ logicalType }) => {
      isUntyped ||= logicalType === undefined;
    });
  }
  return isUntyped;
}

describe.skipIf(!isThere)('the checks of ODCS beside the standard’s JSON schemas', () => {
  const validators = isThere
    ? Object.fromEntries(ODCS_VERSIONS.map((version) => [version, official(version)]))
    : {};
  const all = isThere ? contracts() : [];

  it('agree on contracts that were damaged at one place', () => {
    fc.assert(
      fc.property(
        fc.nat(10_000),
        fc.nat(100_000),
        fc.constantFrom(...DAMAGE),
        (which, where, how) => {
          const { version, contract } = all[which % all.length]!;
          const broken = damage(contract, where, how);
          // The draft schema of 3.2 asks for a map wherever the type is left out; the standard's text does not.
          fc.pre(version !== 'v3.2.0' || !hasUntyped(broken));
          expect(isFine(version, broken)).toBe(validators[version]?.(broken));
        },
      ),
      { numRuns: 600 },
    );
  });
});
