export type Query = Record<string, string | string[] | undefined>;

/**
 * A link to `pathname` with some query parameters changed: a string or list sets, null removes.
 * Anything that narrows a list starts at its first page again, so `after` goes unless it is set.
 */
export function hrefWith(
  pathname: string,
  query: Query,
  changes: Record<string, string | string[] | null>,
): string {
  const params = new URLSearchParams();
  const merged: Record<string, string | string[] | null | undefined> = {
    ...query,
    after: null,
    ...changes,
  };
  for (const [name, value] of Object.entries(merged)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item) params.append(name, item);
    }
  }
  const text = params.toString();
  return text ? `${pathname}?${text}` : pathname;
}

/** The link that adds `value` to a multi-valued parameter, or takes it away when it is there. */
export function hrefToggling(pathname: string, query: Query, name: string, value: string): string {
  const current = [query[name] ?? []].flat();
  const next = current.includes(value)
    ? current.filter((item) => item !== value)
    : [...current, value];
  return hrefWith(pathname, query, { [name]: next });
}
