import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PolicyView } from '@/components/governance/policy-view';
import type { Query } from '@/components/ui/href';
import { type Ctx, isAppError } from '@/lib/core';
import { effectiveRows, getEffectivePolicy, getPolicy, getPolicyVersion } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

interface PolicyPageProps {
  params: Promise<{ name: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: PolicyPageProps): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function PolicyPage({ params, searchParams }: PolicyPageProps) {
  const { name } = await params;
  const ctx = await requireUserCtx();
  const policy = await getPolicy(ctx, name).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  const { from, to } = await searchParams;
  const [effective, ...compared] = await Promise.all([
    getEffectivePolicy(ctx, policy.domain?.name ?? null),
    versionOf(ctx, name, from),
    versionOf(ctx, name, to),
  ]);
  const [before, after] = compared;
  return (
    <PolicyView
      policy={policy}
      rows={effectiveRows(effective)}
      compared={before && after ? { before, after } : null}
    />
  );
}

/** A version that the address names and the viewer may see; anything else is left out. */
async function versionOf(ctx: Ctx, name: string, raw: Query[string]) {
  const version = Number([raw ?? ''].flat()[0]);
  if (!Number.isSafeInteger(version) || version < 1 || version > 2_000_000_000) return null;
  return getPolicyVersion(ctx, name, version).catch((error: unknown) => {
    if (isAppError(error)) return null;
    throw error;
  });
}
