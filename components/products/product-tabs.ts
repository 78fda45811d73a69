export const PRODUCT_TABS = [
  { key: 'overview', label: 'Overview' },
  { key: 'schema', label: 'Schema' },
  { key: 'contract', label: 'Contract' },
  { key: 'data', label: 'Data' },
  { key: 'api', label: 'API' },
  { key: 'quality', label: 'Quality' },
  { key: 'slo', label: 'SLO' },
  { key: 'runs', label: 'Runs' },
  { key: 'access', label: 'Access' },
  { key: 'descriptor', label: 'Descriptor' },
] as const;
export type ProductTab = (typeof PRODUCT_TABS)[number]['key'];

export const isProductTab = (key: string): key is ProductTab =>
  PRODUCT_TABS.some((tab) => tab.key === key);

export function tabHref(address: string, tab: ProductTab): string {
  return tab === 'overview' ? `/products/${address}` : `/products/${address}/${tab}`;
}
