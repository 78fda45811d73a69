import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { isProductTab, PRODUCT_TABS } from '@/components/products/product-tabs';
import { ProductView } from '@/components/products/product-view';
import type { Query } from '@/components/ui/href';
import { isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { ownOrigin } from '@/lib/http/origin';
import { productPage } from '@/lib/serving';

interface ProductPageProps {
  params: Promise<{ domain: string; product: string; tab?: string[] }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: ProductPageProps): Promise<Metadata> {
  const { domain, product, tab } = await params;
  const label = PRODUCT_TABS.find(({ key }) => key === tab?.[0])?.label;
  return { title: [`${domain}/${product}`, label].filter(Boolean).join(' · ') };
}

export default async function ProductRoute({ params, searchParams }: ProductPageProps) {
  const { domain, product, tab = [] } = await params;
  const [key = 'overview'] = tab;
  if (tab.length > 1 || !isProductTab(key) || tab[0] === 'overview') notFound();
  const ctx = await requireUserCtx();
  const page = await productPage(ctx, domain, product).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  const host = (await headers()).get('host') ?? undefined;
  const query = await searchParams;
  return <ProductView ctx={ctx} page={page} tab={key} query={query} origin={ownOrigin(host)} />;
}
