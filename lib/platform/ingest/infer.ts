import { type Json, queryRows } from '@/lib/platform/lake';
import type { FieldShape } from '@/lib/specs/field-types';
import { quoteIdent, quoteLiteral } from '@/lib/specs/sql';
import { NULL_TOKENS, rawRelation, type UploadSource } from './source';

const SAMPLE_CELLS = 200_000;
/** DuckDB plans many aggregates in more than linear time. */
export const COLUMNS_PER_QUERY = 200;

export type Family = 'number' | 'boolean' | 'temporal' | 'json';
interface Candidate {
  key: string;
  family: Family;
  shape: FieldShape;
  pattern: string;
  /** Set where the pattern alone does not tell, as with 2024-02-31. */
  sqlType?: string;
  /** What it widens to when a later row does not fit; the last is text. */
  wider?: string;
}

const DATE = '[0-9]{4}-[0-9]{2}-[0-9]{2}';
const CLOCK = '[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?';
const ZONE = ' ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)';
const DIGITS = (most: number) => `(?:0|[1-9][0-9]{0,${most - 1}})`;

/** Narrowest first. Numbers with leading zeros or more than 18 digits are codes, and stay text. */
const CANDIDATES: Candidate[] = [
  {
    key: 'integer',
    family: 'number',
    shape: { type: 'integer' },
    pattern: `[+-]?${DIGITS(9)}`,
    wider: 'long',
  },
  {
    key: 'long',
    family: 'number',
    shape: { type: 'long' },
    pattern: `[+-]?${DIGITS(18)}`,
    wider: 'double',
  },
  {
    key: 'double',
    family: 'number',
    shape: { type: 'double' },
    pattern: `[+-]?(?:${DIGITS(18)}(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-]?[0-9]{1,2})?`,
  },
  {
    key: 'boolean',
    family: 'boolean',
    shape: { type: 'boolean' },
    pattern: '(?:[Tt]rue|[Ff]alse|TRUE|FALSE|[Yy]es|[Nn]o|YES|NO)',
  },
  {
    key: 'date',
    family: 'temporal',
    shape: { type: 'date' },
    pattern: DATE,
    sqlType: 'DATE',
    wider: 'timestamp',
  },
  {
    key: 'timestamptz',
    family: 'temporal',
    shape: { type: 'timestamp', timezone: true },
    pattern: `${DATE}[T ]${CLOCK}${ZONE}`,
    sqlType: 'TIMESTAMPTZ',
    wider: 'timestamp',
  },
  {
    key: 'timestamp',
    family: 'temporal',
    shape: { type: 'timestamp' },
    pattern: `${DATE}(?:[T ]${CLOCK}(?:${ZONE})?)?`,
    sqlType: 'TIMESTAMP',
  },
  { key: 'time', family: 'temporal', shape: { type: 'time' }, pattern: CLOCK, sqlType: 'TIME' },
];
const BY_KEY = new Map(CANDIDATES.map((candidate) => [candidate.key, candidate]));
const TESTS = CANDIDATES.map(({ pattern }) => new RegExp(`^(?:${pattern})$`));
const ABSENT = new Set(NULL_TOKENS);
const ABSENT_SOURCE = NULL_TOKENS.filter(Boolean)
  .map((token) => token.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  .join('|');
const ABSENT_PATTERN = quoteLiteral(`\\s*(?:${ABSENT_SOURCE})?\\s*`).trim();

export interface InferredColumn {
  shape: FieldShape;
  nulls: number;
}
export interface InferOptions {
  /** Which families a column may become, by its name (all when left out). */
  allowed?: Map<string, readonly Family[]>;
  signal?: AbortSignal | undefined;
}

/** The type of every text column: guessed from the first rows, then proved over all of them. */
export async function inferTypes(
  file: string,
  source: UploadSource,
  { allowed, signal }: InferOptions = {},
): Promise<{ columns: Map<string, InferredColumn>; rowCount: number }> {
  const guesses = await guessTypes(file, source, allowed, signal);
  const columns = new Map<string, InferredColumn>();
  let rowCount = 0;
  // A column whose guess is disproved comes round again with the wider type.
  for (let open = source.names; open.length > 0; ) {
    const disproved: string[] = [];
    for (let at = 0; at < open.length; at += COLUMNS_PER_QUERY) {
      const names = open.slice(at, at + COLUMNS_PER_QUERY);
      const proof = await prove(file, source, names, guesses, signal);
      rowCount = proof.rowCount;
      for (const { name, nulls, misfits } of proof.columns) {
        const candidate = BY_KEY.get(guesses.get(name) ?? '');
        if (misfits > 0) {
          guesses.set(name, candidate?.wider ?? 'string');
          disproved.push(name);
        } else columns.set(name, { shape: shapeOf(guesses.get(name)), nulls });
      }
    }
    open = disproved;
  }
  return { columns, rowCount };
}

function shapeOf(guess = 'string'): FieldShape {
  if (guess === 'json') return { type: 'json' };
  return { ...(BY_KEY.get(guess)?.shape ?? { type: 'string' }) };
}

async function guessTypes(
  file: string,
  source: UploadSource,
  allowed: Map<string, readonly Family[]> | undefined,
  signal: AbortSignal | undefined,
): Promise<Map<string, string>> {
  const limit = Math.max(20, Math.min(5000, Math.floor(SAMPLE_CELLS / source.names.length)));
  const rows = await queryRows(`SELECT * FROM ${rawRelation(file, source)} LIMIT ${limit}`, [], {
    signal,
  });
  return new Map(
    source.names.map((name) => {
      const families = allowed?.get(name);
      if (families?.includes('json')) return [name, 'json'];
      const values = rows.map((row) => presentText(row[name])).filter((text) => text !== null);
      if (values.length === 0) return [name, 'string'];
      const fit = CANDIDATES.find(
        ({ family }, at) =>
          (!families || families.includes(family)) && values.every((text) => TESTS[at]?.test(text)),
      );
      return [name, fit?.key ?? 'string'];
    }),
  );
}

function presentText(value: Json | undefined): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return ABSENT.has(text) ? null : text;
}

async function prove(
  file: string,
  source: UploadSource,
  names: readonly string[],
  guesses: Map<string, string>,
  signal: AbortSignal | undefined,
) {
  const tests = names.flatMap((name, at) => {
    const column = quoteIdent(name);
    const candidate = BY_KEY.get(guesses.get(name) ?? '');
    if (guesses.get(name) === 'json') {
      // Text beside numbers: DuckDB calls the mixture JSON, but a bare word is none.
      const misfits = `count_if(TRY_CAST(${column} AS JSON) IS NULL AND ${column} IS NOT NULL)`;
      return [`count(${column}) AS "p${at}"`, `${misfits} AS "m${at}"`];
    }
    if (!candidate) return [`count(${column}) AS "p${at}"`];
    const absent = `regexp_full_match(${column}, ${ABSENT_PATTERN})`;
    const fits = quoteLiteral(`\\s*(?:${ABSENT_SOURCE}|${candidate.pattern})?\\s*`).trim();
    const misfit = `NOT regexp_full_match(${column}, ${fits})`;
    const isWrong = candidate.sqlType
      ? `${misfit} OR (TRY_CAST(${column} AS ${candidate.sqlType}) IS NULL AND NOT ${absent})`
      : misfit;
    return [
      `count(${column}) - count_if(${absent}) AS "p${at}"`,
      `count_if(${isWrong}) AS "m${at}"`,
    ];
  });
  const sql = `SELECT count(*) AS total, ${tests.join(', ')} FROM ${rawRelation(file, source)}`;
  const [row = {}] = await queryRows(sql, [], { signal });
  const rowCount = Number(row.total ?? 0);
  const columns = names.map((name, at) => ({
    name,
    nulls: rowCount - Number(row[`p${at}`] ?? 0),
    misfits: Number(row[`m${at}`] ?? 0),
  }));
  return { rowCount, columns };
}
