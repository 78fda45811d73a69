import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EffectiveView } from '@/components/governance/effective-view';
import type { Query } from '@/components/ui/href';
import { effectiveRows, getEffectivePolicy, listPolicyDomains } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Effective policy' };

export default async function EffectivePage({ searchParams }: { searchParams: Promise<Query> }) {
  const asked = [(await searchParams).domain ?? ''].flat()[0] || null;
  const ctx = await requireUserCtx();
  const domains = await listPolicyDomains(ctx);
  if (asked && !domains.some((domain) => domain.name === asked)) notFound();
  const policy = await getEffectivePolicy(ctx, asked);
  return <EffectiveView domains={domains} domain={asked} rows={effectiveRows(policy)} />;
}
