export const PRODUCT_TABS = [
  { key: 'overview', label: 'Overview' },
  { key: 'documentation', label: 'Documentation' },
  { key: 'contract', label: 'Contract' },
  { key: 'schema', label: 'Schema' },
  { key: 'data', label: 'Data' },
  { key: 'quality', label: 'Quality' },
  { key: 'slo', label: 'SLO' },
  { key: 'lineage', label: 'Lineage' },
  { key: 'access', label: 'Access' },
  { key: 'community', label: 'Community' },
  { key: 'usage', label: 'Usage' },
  { key: 'scorecard', label: 'Scorecard' },
  { key: 'versions', label: 'Versions' },
  { key: 'lifecycle', label: 'Lifecycle' },
  { key: 'runs', label: 'Runs' },
  { key: 'activity', label: 'Activity' },
  { key: 'api', label: 'API' },
  { key: 'descriptor', label: 'Descriptor' },
] as const;
export type ProductTab = (typeof PRODUCT_TABS)[number]['key'];

export const isProductTab = (key: string): key is ProductTab =>
  PRODUCT_TABS.some((tab) => tab.key === key);

export function tabHref(address: string, tab: ProductTab): string {
  return tab === 'overview' ? `/products/${address}` : `/products/${address}/${tab}`;
}
