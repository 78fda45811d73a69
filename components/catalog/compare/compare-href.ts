export const COMPARE_PATH = '/catalog/compare';

/** The page that compares some products: `?p=sales/orders&p=hr/people`. */
export function compareHref(
  addresses: readonly string[],
  more: Record<string, string> = {},
): string {
  const params = new URLSearchParams([
    ...addresses.map((address) => ['p', address]),
    ...Object.entries(more),
  ]);
  return `${COMPARE_PATH}?${params.toString().replaceAll('%2F', '/')}`;
}
