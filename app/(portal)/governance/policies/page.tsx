import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PoliciesView } from '@/components/governance/policies-view';
import type { Query } from '@/components/ui/href';
import {
  effectiveRows,
  getEffectivePolicy,
  listPolicies,
  listPolicyDomains,
} from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Policies' };

export default async function PoliciesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const asked = [(await searchParams).domain ?? ''].flat()[0] || null;
  const ctx = await requireUserCtx();
  const [policies, domains] = await Promise.all([listPolicies(ctx), listPolicyDomains(ctx)]);
  if (asked && !domains.some((domain) => domain.name === asked)) notFound();
  const rows = effectiveRows(await getEffectivePolicy(ctx, asked));
  return <PoliciesView policies={policies} domains={domains} domain={asked} rows={rows} />;
}
