import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PolicyView } from '@/components/governance/policy-view';
import { isAppError } from '@/lib/core';
import { effectiveRows, getEffectivePolicy, getPolicy } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

interface PolicyPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: PolicyPageProps): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function PolicyPage({ params }: PolicyPageProps) {
  const { name } = await params;
  const ctx = await requireUserCtx();
  const policy = await getPolicy(ctx, name).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  const effective = await getEffectivePolicy(ctx, policy.domain?.name ?? null);
  return <PolicyView policy={policy} rows={effectiveRows(effective)} />;
}
