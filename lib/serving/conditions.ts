import type { SchemaField } from '@/lib/specs';
import { badParameter, shown } from './bad-parameter';
import { nearest } from './nearest';
import { splitQuoted } from './split-list';
import { expectedValue, isOpaque, typedValue } from './typed-value';
import { type Condition, OPERATORS, type Operator, type TypedValue } from './types';

const MAX_LIST = 1000;

/** The column that a parameter names. @throws AppError invalid with the nearest name */
export function columnNamed(
  parameter: string,
  name: string,
  columns: ReadonlyMap<string, SchemaField>,
): SchemaField {
  const field = columns.get(name);
  if (field) return field;
  const meant = nearest(name, [...columns.keys()]);
  const hint = meant
    ? `Did you mean "${meant}"?`
    : 'The metadata address lists the columns that exist.';
  throw badParameter(parameter, `There is no column "${shown(name)}". ${hint}`, {
    column: shown(name),
    ...(meant && { suggestion: meant }),
  });
}

/** Reads `[not.]operator.value`, for instance `gte.10`, `in.(a,"b,c")`, `not.is.null`. */
export function parseCondition(parameter: string, field: SchemaField, raw: string): Condition {
  const isNegated = raw.startsWith('not.');
  const rest = isNegated ? raw.slice(4) : raw;
  const dot = rest.indexOf('.');
  const name = dot === -1 ? rest : rest.slice(0, dot);
  const operator = OPERATORS.find((known) => known === name);
  if (!operator || dot === -1) throw unknownOperator(parameter, name, dot === -1);
  const text = rest.slice(dot + 1);
  const base = { column: field.name, operator, isNegated };
  if (operator === 'is') return { ...base, values: [], is: parseIs(parameter, field, text) };
  if (isOpaque(field)) {
    throw badParameter(
      parameter,
      `Column "${field.name}" is of type ${field.type}; it can only be asked is.null or not.is.null.`,
    );
  }
  if (operator === 'like' || operator === 'ilike') {
    return { ...base, values: [parsePattern(parameter, field, operator, text)] };
  }
  const texts =
    operator === 'in' || operator === 'between' ? parseList(parameter, operator, text) : [text];
  return { ...base, values: texts.map((value) => requireTyped(parameter, field, value)) };
}

function unknownOperator(parameter: string, name: string, isBare: boolean) {
  const known = OPERATORS.find((operator) => operator === name);
  if (known && isBare) {
    return badParameter(parameter, `${shown(parameter)}: ${known} needs a value: ${known}.value.`);
  }
  const list = OPERATORS.join(', ');
  const hint = isBare ? ` To ask for equality write eq.${shown(name)}.` : '';
  return badParameter(
    parameter,
    `${shown(parameter)}: "${shown(name)}" is not an operator. Use one of ${list}, each optionally after "not.".${hint}`,
  );
}

function parseIs(parameter: string, field: SchemaField, text: string): 'null' | 'true' | 'false' {
  if (text === 'null') return text;
  if ((text === 'true' || text === 'false') && field.type === 'boolean') return text;
  const values = field.type === 'boolean' ? 'null, true or false' : 'null';
  throw badParameter(
    parameter,
    `is on column "${field.name}" (${field.type}) takes ${values}, not "${shown(text)}".`,
  );
}

function parsePattern(
  parameter: string,
  field: SchemaField,
  operator: Operator,
  text: string,
): TypedValue {
  if (field.type !== 'string') {
    throw badParameter(
      parameter,
      `${operator} needs a text column, and "${field.name}" is of type ${field.type}. Use eq, gt, lt, in or between.`,
    );
  }
  const value = requireTyped(parameter, field, text);
  // As in PostgREST, * stands for % so that nothing needs percent-encoding.
  return { ...value, text: value.text.replaceAll('*', '%') };
}

function parseList(parameter: string, operator: 'in' | 'between', text: string): string[] {
  if (!text.startsWith('(') || !text.endsWith(')') || text === '()') {
    const example = operator === 'in' ? 'in.(a,b)' : 'between.(1,9)';
    throw badParameter(
      parameter,
      `${operator} takes a list in parentheses, for example ${example}.`,
    );
  }
  const items = splitQuoted(parameter, text.slice(1, -1), ',').map((item) => item.text);
  if (operator === 'between' && items.length !== 2) {
    throw badParameter(parameter, `between takes two values, and there are ${items.length}.`);
  }
  if (items.length > MAX_LIST) {
    throw badParameter(
      parameter,
      `in takes at most ${MAX_LIST} values, and there are ${items.length}. Send several requests.`,
    );
  }
  return items;
}

function requireTyped(parameter: string, field: SchemaField, text: string): TypedValue {
  const value = typedValue(field, text);
  if (value) return value;
  throw badParameter(
    parameter,
    `Column "${field.name}" is of type ${field.type} and expects ${expectedValue(field)}, not "${shown(text)}".`,
    { column: field.name, value: shown(text), expected: field.type },
  );
}
