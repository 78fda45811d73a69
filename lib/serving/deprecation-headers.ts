import type { ServedProduct } from './resolve';

/** What clients of a deprecated product are told with every answer: RFC 9745, RFC 8594, and where to go. */
export function deprecationHeaders({
  deprecation,
}: Pick<ServedProduct, 'deprecation'>): Record<string, string> {
  if (!deprecation) return {};
  const { at, sunset, successor } = deprecation;
  return {
    deprecation: `@${Math.floor(at.getTime() / 1000)}`,
    ...(sunset && { sunset: sunset.toUTCString() }),
    ...(successor && { link: `</api/v1/data/${successor}/rows>; rel="successor-version"` }),
  };
}
