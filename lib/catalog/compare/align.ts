import { type SchemaField, typeText } from '@/lib/specs';

export interface Term {
  slug: string;
  name: string;
}
export interface ComparedColumn {
  name: string;
  type: string;
  description: string;
  primaryKey: boolean;
  pii: boolean;
  required: boolean;
  unique: boolean;
  terms: Term[];
}
/** Columns of several products that are the same one. */
export interface AlignedColumn {
  /** One for each product, in their order; null where it has none. */
  cells: (ComparedColumn | null)[];
  isEverywhere: boolean;
  typesDiffer: boolean;
  /** The glossary term that put columns of different names together. */
  byTerm: Term | null;
}
interface Source {
  schema: readonly SchemaField[];
  /** Terms by the column that they are linked to. */
  terms: ReadonlyMap<string, Term[]>;
}
interface Row {
  cells: (ComparedColumn | null)[];
  byTerm: Term | null;
}

/** `customerId`, `customer_id` and `Customer ID` are one name. */
export const joinedName = (name: string) =>
  name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '') || name;

/**
 * The columns of several products side by side: by name, however it is written, then by a glossary term that one
 * column of each is linked to. In the order of the first product, then of the others. Pure.
 */
export function aligned(sources: readonly Source[]): AlignedColumn[] {
  return byTerm(byName(sources)).map(({ cells, byTerm: term }) => {
    const held = cells.filter((cell) => cell !== null);
    return {
      ...{ cells, byTerm: term, isEverywhere: held.length === cells.length },
      typesDiffer: new Set(held.map(({ type }) => type)).size > 1,
    };
  });
}

function byName(sources: readonly Source[]): Row[] {
  const rows: Row[] = [];
  const byKey = new Map<string, Row[]>();
  for (const [at, { schema, terms }] of sources.entries()) {
    const left: ComparedColumn[] = [];
    const put = (column: ComparedColumn, isIt: (row: Row) => boolean): boolean => {
      const row = byKey.get(joinedName(column.name))?.find((one) => !one.cells[at] && isIt(one));
      if (row) row.cells[at] = column;
      return row !== undefined;
    };
    // A product may have `customer_id` beside `customerid`: the very name goes first.
    for (const field of schema) {
      const column = columnOf(field, terms);
      const isNamed = ({ cells }: Row) =>
        cells.some((cell) => cell?.name.toLowerCase() === column.name.toLowerCase());
      if (!put(column, isNamed)) left.push(column);
    }
    for (const column of left) {
      if (put(column, () => true)) continue;
      const row: Row = { cells: sources.map((_, of) => (of === at ? column : null)), byTerm: null };
      const key = joinedName(column.name);
      rows.push(row);
      byKey.set(key, [...(byKey.get(key) ?? []), row]);
    }
  }
  return rows;
}

function columnOf(field: SchemaField, terms: Source['terms']): ComparedColumn {
  return {
    ...{ name: field.name, type: typeText(field), description: field.description ?? '' },
    ...{ primaryKey: field.primaryKey === true, pii: field.pii === true },
    ...{ required: field.required === true, unique: field.unique === true },
    terms: terms.get(field.name) ?? [],
  };
}

/** Rows that no product has both of, joined by a term that each product has once: two columns of one term say nothing. */
function byTerm(rows: readonly Row[]): Row[] {
  const holders = new Map<string, { term: Term; rows: Row[] }>();
  for (const row of rows) {
    for (const term of new Map(termsOf(row).map((one) => [one.slug, one])).values()) {
      const held = holders.get(term.slug) ?? { term, rows: [] };
      held.rows.push(row);
      holders.set(term.slug, held);
    }
  }
  const gone = new Set<Row>();
  for (const { term, rows: of } of [...holders.values()].sort((a, b) =>
    a.term.slug < b.term.slug ? -1 : 1,
  )) {
    const [first, ...others] = of.filter((row) => !gone.has(row));
    const counts = first?.cells.map((_, at) => of.filter(({ cells }) => cells[at]).length) ?? [];
    if (!first || others.length === 0 || counts.some((count) => count > 1)) continue;
    for (const row of others) {
      for (const [at, cell] of row.cells.entries()) first.cells[at] ??= cell;
      gone.add(row);
    }
    first.byTerm = term;
  }
  return rows.filter((row) => !gone.has(row));
}

const termsOf = ({ cells }: Row) => cells.flatMap((cell) => cell?.terms ?? []);
