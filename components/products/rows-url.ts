/** Operators that the filter form offers, with their words. */
export const FILTER_OPERATORS = [
  { value: 'eq', label: 'is' },
  { value: 'neq', label: 'is not' },
  { value: 'gt', label: 'is more than' },
  { value: 'gte', label: 'is at least' },
  { value: 'lt', label: 'is less than' },
  { value: 'lte', label: 'is at most' },
  { value: 'ilike', label: 'matches (* for anything)' },
  { value: 'is', label: 'is null' },
  { value: 'not.is', label: 'is not null' },
] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number]['value'];

export interface RowsFilter {
  column: string;
  operator: FilterOperator;
  value: string;
}

export interface RowsView {
  /** Names of the columns shown; empty means all. */
  columns: string[];
  filters: RowsFilter[];
  order: { column: string; isDescending: boolean } | null;
}

/** A column's name as `select` and `order` read it: quoted when it holds their punctuation. */
export function listName(name: string): string {
  return /[",.\\]/.test(name) ? `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : name;
}

export const hasNoValue = (operator: FilterOperator) => operator.endsWith('is');

/** The query string of the rows API for a view. */
export function rowsQuery(view: RowsView, extra: Record<string, string> = {}): string {
  const params = new URLSearchParams();
  if (view.columns.length > 0) params.set('select', view.columns.map(listName).join(','));
  for (const { column, operator, value } of view.filters) {
    // Every column may be written with the escape; so none meets a parameter's name.
    params.append(`col.${column}`, `${operator}.${hasNoValue(operator) ? 'null' : value}`);
  }
  if (view.order) {
    params.set(
      'order',
      `${listName(view.order.column)}.${view.order.isDescending ? 'desc' : 'asc'}`,
    );
  }
  for (const [name, value] of Object.entries(extra)) params.set(name, value);
  return params.toString();
}
