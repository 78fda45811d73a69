import { duckdbTypeOf, quoteIdent, quoteLiteral, type SchemaField } from '@/lib/specs';
import type { SampleRow } from './sample';

/** What the transformation is, for a sample: somebody's SQL, or a renaming of one input's columns. */
export interface Transformation {
  sql: string | null;
  columns: readonly { source: string; field: string }[];
}

export interface TypedColumn {
  name: string;
  sqlType: string;
}

const cast = (value: unknown, sqlType: string): string => {
  if (value === null || value === undefined) return `cast(null as ${sqlType})`;
  if (typeof value === 'object') {
    return `cast(cast(${quoteLiteral(JSON.stringify(value))} as json) as ${sqlType})`;
  }
  return `cast(${quoteLiteral(String(value))} as ${sqlType})`;
};

/** Rows as a relation with these columns; none gives an empty relation of the same shape. */
export function relationOf(rows: readonly SampleRow[], columns: readonly TypedColumn[]): string {
  const line = (row: SampleRow) =>
    columns.map(({ name, sqlType }) => `${cast(row[name], sqlType)} as ${quoteIdent(name)}`);
  if (rows.length === 0) return `select ${line({}).join(', ')} where false`;
  return rows.map((row) => `select ${line(row).join(', ')}`).join(' union all ');
}

/**
 * One SELECT that runs the transformation over sample rows and gives the rows that differ from what is expected:
 * `side` is `unexpected` or `missing`. Order does not count, how often a row stands there does.
 */
export function sampleSql(sample: {
  inputs: readonly { alias: string; rows: readonly SampleRow[]; columns: readonly TypedColumn[] }[];
  transformation: Transformation;
  schema: readonly SchemaField[];
  expected: readonly SampleRow[];
}): string {
  const { inputs, transformation, schema, expected } = sample;
  const contract = schema.map((field) => ({ name: field.name, sqlType: duckdbTypeOf(field) }));
  const sourceOf = new Map(transformation.columns.map(({ source, field }) => [field, source]));
  const out = contract.map(
    ({ name, sqlType }) =>
      `cast(${quoteIdent(sourceOf.get(name) ?? name)} as ${sqlType}) as ${quoteIdent(name)}`,
  );
  const statement = transformation.sql?.trim().replace(/;\s*$/, '');
  const from = statement ? `(\n${statement}\n)` : quoteIdent(inputs[0]?.alias ?? 'source');
  const ctes = [
    ...inputs.map(
      ({ alias, rows, columns }) => `${quoteIdent(alias)} as (${relationOf(rows, columns)})`,
    ),
    `__portolan_actual as (select ${out.join(', ')} from ${from} as __portolan_source)`,
    `__portolan_expected as (${relationOf(expected, contract)})`,
  ];
  const except = (side: string, a: string, b: string) =>
    `select '${side}' as side, * from (select * from ${a} except all select * from ${b})`;
  return `with ${ctes.join(', ')}
    ${except('unexpected', '__portolan_actual', '__portolan_expected')} union all
    ${except('missing', '__portolan_expected', '__portolan_actual')}`;
}
