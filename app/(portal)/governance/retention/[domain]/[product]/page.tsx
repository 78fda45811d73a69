import type { Metadata } from 'next';
import { ProductRetentionView } from '@/components/compliance/product-retention-view';
import { getRetention } from '@/lib/compliance';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

export const metadata: Metadata = { title: 'Retention' };

interface Props {
  params: Promise<{ domain: string; product: string }>;
}

export default async function ProductRetentionPage({ params }: Props) {
  const { domain, product } = await params;
  const ctx = await requireUserCtx();
  const detail = await orNotFound(() => getRetention(ctx, domain, product));
  return <ProductRetentionView detail={detail} />;
}
