import { isAppError } from '@/lib/core';
import { type EtlSpec, stepsSql } from '@/lib/platform';
import type { SchemaField } from '@/lib/specs';
import { type Dep, DIRECT, type How, isDirect, type ParsedSql, traceSql } from '../sql';

export interface EtlSource {
  alias: string;
  columns: readonly SchemaField[];
}
/** `input` is the alias of a source, or empty for the uploaded file. */
export interface TracedField {
  /** Empty for what decides which rows there are. */
  field: string;
  found: Dep[];
  gaps: string[];
}
type Parse = (work: {
  sql: string;
  inputs: readonly { name: string; columns: readonly SchemaField[] }[];
}) => Promise<ParsedSql>;

/**
 * What each field of a contract is made of, through the whole way of its rows: statement, renaming, mended columns.
 * A statement that its sources' columns do not fit any more is a gap in every field.
 */
export async function traceEtl(
  { extract, transform }: EtlSpec,
  { sources, fields }: { sources: readonly EtlSource[]; fields: readonly SchemaField[] },
  parse: Parse,
): Promise<TracedField[]> {
  const renamed = ({ columns, rows }: Traced): TracedField[] => [
    ...transform.columns.map(({ source, field }) => {
      const column = columns.find(({ name }) => name.toLowerCase() === source.toLowerCase());
      if (column) return { field, found: column.found, gaps: column.gaps };
      return { field, found: [], gaps: [`The source has no column "${source}".`] };
    }),
    { field: '', ...rows },
  ];
  try {
    const loaded = renamed(await extracted(extract, transform.columns, sources, parse));
    if (transform.steps.length === 0) return loaded;
    const inputs = [{ name: 'data', columns: fields }];
    const parsed = await parse({ sql: stepsSql(transform.steps), inputs });
    const steps = traceSql(parsed, [{ name: 'data', columns: fields.map(({ name }) => name) }]);
    return through(tracedOf(steps), loaded);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'invalid') throw error;
    // Further lines list columns of the sources, which not everybody may know of.
    const [why = ''] = error.message.split('\n');
    const gaps = [`The statement does not fit its sources: ${why}`.slice(0, 300)];
    return [...transform.columns.map(({ field }) => field), ''].map((field) => ({
      ...{ field, gaps, found: [] },
    }));
  }
}

interface Traced {
  columns: { name: string; found: Dep[]; gaps: string[] }[];
  rows: { found: Dep[]; gaps: string[] };
}
const NOTHING = { found: [], gaps: [] };

async function extracted(
  extract: EtlSpec['extract'],
  columns: EtlSpec['transform']['columns'],
  sources: readonly EtlSource[],
  parse: Parse,
): Promise<Traced> {
  const same = (input: string, name: string) => ({
    ...{ name, gaps: [] },
    found: [{ input, column: name, how: 'identity' as const }],
  });
  if (extract.kind === 'upload') {
    return { columns: columns.map(({ source }) => same('', source)), rows: NOTHING };
  }
  if (extract.kind === 'product') {
    const [source] = sources;
    const names = source?.columns.map(({ name }) => name) ?? [];
    return { columns: names.map((name) => same(source?.alias ?? '', name)), rows: NOTHING };
  }
  const parsed = await parse({
    sql: extract.sql.trim().replace(/;\s*$/, ''),
    inputs: sources.map(({ alias, columns }) => ({ name: alias, columns })),
  });
  const named = sources.map((one) => ({
    name: one.alias,
    columns: one.columns.map(({ name }) => name),
  }));
  return tracedOf(traceSql(parsed, named));
}

function tracedOf({ columns, rows }: ReturnType<typeof traceSql>): Traced {
  const plain = ({ found, gaps }: (typeof columns)[number]['deps']) => ({
    ...{ found: [...found.values()], gaps: [...gaps] },
  });
  return {
    columns: columns.map(({ name, deps }) => ({ name, ...plain(deps) })),
    rows: plain(rows),
  };
}

/** What was made of what: the later of the two says how, but a condition stays one and an aggregate too. */
function through({ columns, rows }: Traced, loaded: readonly TracedField[]): TracedField[] {
  const before = new Map(loaded.map((one) => [one.field.toLowerCase(), one]));
  const follow = ({ found, gaps }: { found: Dep[]; gaps: string[] }) => {
    const parts = found.map(({ column, how }) => ({ how, from: before.get(column.toLowerCase()) }));
    const all = parts.flatMap(({ how, from }) =>
      (from?.found ?? []).map((dep) => ({ ...dep, how: composed(how, dep.how) })),
    );
    return {
      found: [...new Map(all.map((dep) => [JSON.stringify(Object.values(dep)), dep])).values()],
      gaps: [...new Set([...gaps, ...parts.flatMap(({ from }) => from?.gaps ?? [])])],
    };
  };
  const conditions = before.get('') ?? { field: '', ...NOTHING };
  const later = follow(rows);
  return [
    ...columns.map((column) => ({ field: column.name, ...follow(column) })),
    {
      field: '',
      found: [...conditions.found, ...later.found],
      gaps: [...conditions.gaps, ...later.gaps],
    },
  ];
}

function composed(later: How, earlier: How): How {
  if (!isDirect(later)) return later;
  if (!isDirect(earlier)) return earlier;
  return DIRECT[Math.max(DIRECT.indexOf(later), DIRECT.indexOf(earlier))]!;
}
