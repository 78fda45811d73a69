import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CompareView } from '@/components/versions/compare-view';
import { isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { diffVersions, listVersions } from '@/lib/provisioning/versions';
import { productPage } from '@/lib/serving';

interface ComparePageProps {
  params: Promise<{ domain: string; product: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: 'Compare versions' };

export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const { domain, product } = await params;
  const { from, to } = await searchParams;
  if (typeof from !== 'string' || typeof to !== 'string') notFound();
  const ctx = await requireUserCtx();
  const found = await Promise.all([
    productPage(ctx, domain, product),
    diffVersions(ctx, from, to),
  ]).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  const [{ id, title }, diff] = found;
  const versions = await listVersions(ctx, id);
  return (
    <CompareView address={`${domain}/${product}`} title={title} versions={versions} diff={diff} />
  );
}
