import { forbidden, keyedDigest } from '@/lib/core';
import {
  duckdbTypeOf,
  type GrantTerms,
  type HeldTerms,
  quoteIdent,
  quoteLiteral,
  type RowCondition,
  type SchemaField,
  type Treatment,
} from '@/lib/specs';

/** What a reader with terms gets in place of a snapshot's columns and rows. */
export interface Narrowing {
  /** The columns as that reader has them, masked ones with the type that their mask gives. */
  fields: SchemaField[];
  /** What stands after SELECT: each of `fields`, by its name. */
  select: string;
  /** True for the rows that may be read; null is all of them. */
  where: string | null;
}

const text = (value: string) => quoteLiteral(value).trim();
const NUMBERS = ['integer', 'long', 'double', 'float', 'decimal'];
const NESTED = ['struct', 'array', 'json'];
const isDay = (field: SchemaField) => field.type === 'date' || field.type === 'timestamp';

/** The column as text, whole: what a digest is made of. */
function asText(field: SchemaField): string {
  const name = quoteIdent(field.name);
  if (field.type === 'binary') return `to_base64(${name})`;
  return NESTED.includes(field.type)
    ? `CAST(to_json(${name}) AS VARCHAR)`
    : `CAST(${name} AS VARCHAR)`;
}

/**
 * The masked column, as SQL that fails on no value: an error would name it.
 * @param key keeps digests from being found by trying values, and apart from other readers' digests
 */
function maskSql(field: SchemaField, { as, step }: Treatment, key: string): string {
  const name = quoteIdent(field.name);
  switch (as) {
    case 'plain':
      return name;
    case 'null':
      return `CAST(NULL AS ${duckdbTypeOf(field)})`;
    case 'hash':
      return `left(sha256(${text(key)} || ${asText(field)}), 32)`;
    case 'partial':
      return `CASE WHEN ${name} IS NULL THEN NULL WHEN length(${name}) < 4 THEN '***' ELSE left(${name}, 1) || '***' END`;
    case 'generalise': {
      const type = duckdbTypeOf(field);
      if (isDay(field)) {
        return `CAST(date_trunc(${text(step === 'month' ? 'month' : 'year')}, ${name}) AS ${type})`;
      }
      const width = typeof step === 'number' ? step : 10;
      return `TRY_CAST(floor(CAST(${name} AS DOUBLE) / ${width}) * ${width} AS ${type})`;
    }
  }
}

/** The field as the reader has it: a digest and a shortened text are texts, whatever was masked. */
function maskedField(field: SchemaField, { as }: Treatment, isKeyKept: boolean): SchemaField {
  const { name, description, pii } = field;
  const base =
    as === 'hash' || as === 'partial'
      ? { name, type: 'string' as const, ...(description && { description }), ...(pii && { pii }) }
      : { ...field };
  const { primaryKey: _, ...withoutKey } = base as SchemaField;
  return field.primaryKey && isKeyKept ? { ...base, primaryKey: true } : withoutKey;
}

/** How far two values lie apart at least; 0 where they may be as near as they like. */
function finest({ type, scale = 0 }: SchemaField): number {
  if (type === 'double' || type === 'float') return 0;
  return type === 'decimal' ? 10 ** -scale : 1;
}

/** Why a mask cannot be used on a column; null when it can. */
export function maskProblem(field: SchemaField, { as, step }: Treatment): string | null {
  if (as === 'partial' && field.type !== 'string') {
    return `"${field.name}" is of type ${field.type}; partial shows the first letter of a text. Use hash or null`;
  }
  if (as === 'generalise') {
    const isNumber = NUMBERS.includes(field.type);
    if (!isNumber && !isDay(field)) {
      return `"${field.name}" is of type ${field.type}; generalise is for numbers, dates and timestamps. Use hash, partial or null`;
    }
    if (isNumber && typeof step === 'string') {
      return `"${field.name}" is a number; its step is a width such as 100`;
    }
    if (isNumber && typeof step === 'number' && step <= finest(field)) {
      return `A step of ${step} leaves every value as it is in "${field.name}"; take a wider one, or show the column plainly`;
    }
    if (isDay(field) && typeof step === 'number') {
      return `"${field.name}" is a ${field.type}; its step is month or year`;
    }
  }
  return null;
}

const COMPARISON = { eq: '=', neq: '<>', gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;

/** Anything that cannot be asked of this snapshot is false: a filter that does not fit shows no row. */
function conditionSql(condition: RowCondition, fields: ReadonlyMap<string, SchemaField>): string {
  const field = fields.get(condition.column);
  if (!field || NESTED.includes(field.type)) return 'false';
  const name = quoteIdent(field.name);
  const values = condition.values.map(
    (value) => `TRY_CAST(${text(value)} AS ${duckdbTypeOf(field)})`,
  );
  switch (condition.operator) {
    case 'is_null':
      return `${name} IS NULL`;
    case 'not_null':
      return `${name} IS NOT NULL`;
    case 'in':
      return values.length > 0 ? `${name} IN (${values.join(', ')})` : 'false';
    default:
      return values.length === 1
        ? `${name} ${COMPARISON[condition.operator]} ${values[0]}`
        : 'false';
  }
}

/**
 * A grant's terms over a snapshot's columns. Masks stand below everything that a reader asks for, so that filters,
 * order and sums meet masked values alone. Pure.
 */
export function narrow(
  schema: readonly SchemaField[],
  terms: Pick<GrantTerms, 'columns' | 'filter'>,
  key: string,
): Narrowing {
  const treated = schema.flatMap((field) => {
    const treatment = terms.columns ? terms.columns[field.name] : { as: 'plain' as const };
    if (!treatment) return [];
    // A mask that does not fit the column any more hides the value.
    const fits = maskProblem(field, treatment) === null;
    return [{ field, treatment: fits ? treatment : { as: 'null' as const } }];
  });
  const keys = schema.filter((field) => field.primaryKey);
  const isKeyKept = keys.every((field) =>
    treated.some(
      (one) => one.field === field && (one.treatment.as === 'plain' || one.treatment.as === 'hash'),
    ),
  );
  const byName = new Map(schema.map((field) => [field.name, field]));
  const conditions = terms.filter.map((one) => `(${conditionSql(one, byName)})`);
  return {
    fields: treated.map(({ field, treatment }) => maskedField(field, treatment, isKeyKept)),
    select: treated
      .map(
        ({ field, treatment }) => `${maskSql(field, treatment, key)} AS ${quoteIdent(field.name)}`,
      )
      .join(', '),
    where: conditions.length > 0 ? conditions.join(' AND ') : null,
  };
}

/** @throws AppError forbidden when no column is left */
export async function narrowedFor(
  schema: readonly SchemaField[],
  terms: HeldTerms | null,
): Promise<Narrowing | null> {
  if (!terms) return null;
  const narrowed = narrow(schema, terms, await keyedDigest(terms.holder, 'grant-mask'));
  if (narrowed.fields.length > 0) return narrowed;
  throw forbidden(
    'Your grant shows none of the columns that these rows have. Ask the owner to add the columns that you need.',
  );
}
