/** That a product, or the version of it that was asked for, is on its way out. */
export interface Deprecation {
  at: Date;
  sunset: Date | null;
  /** The address that takes its place. */
  successor: string | null;
  /** The tab of the product's page that says more. */
  tab: 'versions' | 'lifecycle';
}

interface Ending {
  deprecatedAt: Date | null;
  sunsetAt: Date | null;
}

/**
 * An older version of a product that ends as well is told both: since the first of the two it is deprecated, it
 * answers until the first sunset, and the product's successor outlives the version in force.
 */
export function deprecationOf(
  address: string,
  product: Ending & { successor: string | null },
  version: Ending | null,
): Deprecation | null {
  const ends = [product, version].filter((one) => one?.deprecatedAt);
  const at = earliest(ends.map((one) => one?.deprecatedAt));
  if (!at) return null;
  const isVersion = version?.deprecatedAt != null;
  return {
    at,
    sunset: earliest(ends.map((one) => one?.sunsetAt)),
    successor: product.deprecatedAt ? product.successor : address,
    tab: isVersion ? 'versions' : 'lifecycle',
  };
}

function earliest(dates: (Date | null | undefined)[]): Date | null {
  const known = dates.filter((date) => date instanceof Date);
  return known.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/**
 * What every answer says of its version and of an end that comes: RFC 9745, RFC 8594, and where to go (RFC 5829).
 */
export function versionHeaders({
  domain,
  name,
  version,
  deprecation,
}: {
  domain: string;
  name: string;
  version: string;
  deprecation: Deprecation | null;
}): Record<string, string> {
  const headers: Record<string, string> = { 'x-portolan-version': version };
  if (!deprecation) return headers;
  const { at, sunset, successor, tab } = deprecation;
  const page = `/products/${domain}/${name}/${tab}`;
  headers.deprecation = `@${Math.floor(at.getTime() / 1000)}`;
  if (sunset) headers.sunset = sunset.toUTCString();
  headers.link = [
    ...(successor ? [`</api/v1/data/${successor}/rows>; rel="successor-version"`] : []),
    `<${page}>; rel="deprecation"; type="text/html"`,
    ...(sunset ? [`<${page}>; rel="sunset"; type="text/html"`] : []),
  ].join(', ');
  return headers;
}
