import { invalid, unavailable } from '@/lib/core';
import { maskProblem } from '@/lib/platform';
import { queryRows } from '@/lib/platform/lake';
import {
  type DataProduct,
  duckdbTypeOf,
  type GrantTerms,
  type RowCondition,
  type SchemaField,
} from '@/lib/specs';

const refuse = (message: string) => invalid(`${message}.`, { terms: `${message}.` });

/**
 * Terms that fit the product's contract; null for those that leave everything open.
 * @throws AppError invalid at the field `terms`, naming the column and what to write
 */
export async function checkedTerms(
  descriptor: unknown,
  terms: GrantTerms | null | undefined,
): Promise<GrantTerms | null> {
  if (!terms || (terms.columns === null && terms.filter.length === 0)) return null;
  const fields = (descriptor as DataProduct).spec?.schema;
  if (!fields) throw unavailable('The product has no contract to choose columns from.');
  const byName = new Map(fields.map((field) => [field.name, field]));
  checkColumns(byName, terms.columns);
  for (const condition of terms.filter) await checkCondition(byName, condition);
  return terms;
}

function fieldNamed(fields: ReadonlyMap<string, SchemaField>, name: string): SchemaField {
  const field = fields.get(name);
  if (field) return field;
  throw refuse(`There is no column "${name}". The columns are ${[...fields.keys()].join(', ')}`);
}

function checkColumns(fields: ReadonlyMap<string, SchemaField>, columns: GrantTerms['columns']) {
  if (columns === null) return;
  const named = Object.entries(columns);
  if (named.length === 0) throw refuse('Show at least one column');
  for (const [name, treatment] of named) {
    const problem = maskProblem(fieldNamed(fields, name), treatment);
    if (problem) throw refuse(problem);
  }
}

const NESTED = ['struct', 'array', 'json'];

async function checkCondition(
  fields: ReadonlyMap<string, SchemaField>,
  { column, operator, values }: RowCondition,
): Promise<void> {
  const field = fieldNamed(fields, column);
  if (NESTED.includes(field.type)) {
    throw refuse(`"${column}" is of type ${field.type} and cannot choose rows`);
  }
  const wanted = operator === 'in' ? 'at least one value' : operator.includes('null') ? 0 : 1;
  const fits = wanted === 'at least one value' ? values.length > 0 : values.length === wanted;
  if (!fits)
    throw refuse(
      `"${column}": ${operator} takes ${wanted === 0 ? 'no value' : wanted === 1 ? 'one value' : wanted}`,
    );
  for (const value of values) {
    const [row] = await queryRows(
      `select try_cast($1 as ${duckdbTypeOf(field)}) is null as "isMisfit"`,
      [value],
      {},
    );
    if (row?.isMisfit) throw refuse(`"${column}" is of type ${field.type}, and "${value}" is none`);
  }
}
