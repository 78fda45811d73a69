import { type FieldShape, quoteIdent, type SchemaField } from '@/lib/specs';

/**
 * A DuckDB expression whose JSON is what consumers get: ISO 8601 instants, base64 for binary, and the
 * words "NaN", "Infinity" for what JSON numbers cannot say (as PostgreSQL's to_json does). Numbers are
 * written with all their digits.
 */
function jsonValue(shape: FieldShape, sql: string, depth: number): string {
  switch (shape.type) {
    case 'double':
    case 'float':
      return `CASE WHEN isnan(${sql}) THEN to_json('NaN') WHEN isinf(${sql}) THEN to_json(if(${sql} > 0, 'Infinity', '-Infinity')) ELSE to_json(${sql}) END`;
    case 'timestamp':
      return instant(shape, sql);
    case 'binary':
      return `base64(${sql})`;
    case 'json':
      return `CAST(${sql} AS JSON)`;
    case 'array': {
      const item = shape.items;
      if (!item || isPlain(item)) return sql;
      const name = `item_${depth}`;
      return `list_transform(${sql}, lambda ${name}: ${jsonValue(item, name, depth + 1)})`;
    }
    case 'struct': {
      const members = shape.fields ?? [];
      if (members.length === 0 || members.every(isPlain)) return sql;
      const packed = members.map((member) => {
        const name = quoteIdent(member.name);
        return `${name} := ${jsonValue(member, `(${sql}).${name}`, depth)}`;
      });
      return `CASE WHEN ${sql} IS NULL THEN NULL ELSE struct_pack(${packed.join(', ')}) END`;
    }
    default:
      return sql;
  }
}

function isPlain(shape: FieldShape): boolean {
  if (shape.type === 'array') return !shape.items || isPlain(shape.items);
  if (shape.type === 'struct') return (shape.fields ?? []).every(isPlain);
  return !['double', 'float', 'timestamp', 'binary', 'json'].includes(shape.type);
}

function instant(shape: FieldShape, sql: string): string {
  return shape.timezone
    ? `replace(CAST(${sql} AT TIME ZONE 'UTC' AS VARCHAR), ' ', 'T') || 'Z'`
    : `replace(CAST(${sql} AS VARCHAR), ' ', 'T')`;
}

/** One row as JSON text, its members in the order selected; `of` is the struct that holds them, with its dot. */
export function jsonRow(fields: readonly SchemaField[], of = ''): string {
  const members = fields.map((field) => {
    const name = quoteIdent(field.name);
    return `${name} := ${jsonValue(field, `${of}${name}`, 0)}`;
  });
  return `CAST(to_json(struct_pack(${members.join(', ')})) AS VARCHAR)`;
}

/**
 * One row as an RFC 4180 line without its end. Null is an empty cell, empty text is "".
 * Safe cells: text that begins with = + - @, a tab or a carriage return is led by an apostrophe, so
 * that spreadsheets show it instead of running it (OWASP, "CSV injection").
 */
export function csvRow(fields: readonly SchemaField[], hasSafeCells: boolean): string {
  const cells = fields.map((field) => csvCell(field, hasSafeCells));
  return cells.length === 1 ? cells[0]! : `concat_ws(',', ${cells.join(', ')})`;
}

function csvCell(field: SchemaField, hasSafeCells: boolean): string {
  const name = quoteIdent(field.name);
  switch (field.type) {
    case 'integer':
    case 'long':
    case 'decimal':
    case 'double':
    case 'float':
    case 'boolean':
    case 'date':
    case 'time':
      return `coalesce(CAST(${name} AS VARCHAR), '')`;
    case 'timestamp':
      return `coalesce(${instant(field, name)}, '')`;
    case 'binary':
      return `coalesce(base64(${name}), '')`;
    default: {
      const isText = field.type === 'string';
      const text = isText ? name : `CAST(to_json(${jsonValue(field, name, 0)}) AS VARCHAR)`;
      const safe =
        isText && hasSafeCells
          ? `if(regexp_matches(${text}, '^[=+\\-@\\t\\r]'), '''' || ${text}, ${text})`
          : text;
      const special = [`'"'`, `','`, 'chr(10)', 'chr(13)'].map(
        (char) => `contains(${safe}, ${char})`,
      );
      return `CASE WHEN ${name} IS NULL THEN '' WHEN ${text} = '' OR ${special.join(' OR ')} THEN '"' || replace(${safe}, '"', '""') || '"' ELSE ${safe} END`;
    }
  }
}

/** The CSV header line without its end. */
export function csvHeader(fields: readonly SchemaField[], hasSafeCells: boolean): string {
  return fields
    .map(({ name }) => {
      const safe = hasSafeCells && /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
      return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(',');
}
