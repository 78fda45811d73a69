import { effectivePolicy } from '@/lib/governance';

/** What data is asked for, beside what the policies of a domain name themselves. */
export const PURPOSES = {
  analytics: 'Analysis and reports',
  operations: 'Running the business day by day',
  machine_learning: 'Training or feeding a model',
  research: 'Research with an end',
  audit: 'Audit and compliance',
  data_product: 'Building a data product',
} as const;

export const purposeTitle = (purpose: string): string =>
  PURPOSES[purpose as keyof typeof PURPOSES] ?? purpose;

/** The purposes to choose from for products of these domains: policies may open data for a purpose of their own. */
export async function purposesFor(domains: readonly string[]): Promise<string[]> {
  const policies = await Promise.all(
    [...new Set(domains)].map((domain) => effectivePolicy(domain)),
  );
  const named = policies.flatMap(({ conditions }) =>
    conditions.flatMap(({ value }) => value.require.purposes ?? []),
  );
  return [...new Set([...Object.keys(PURPOSES), ...named])];
}
