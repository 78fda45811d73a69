import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NotForYou } from '@/components/ui/not-for-you';
import { ProposeView } from '@/components/versions/propose-view';
import { can, isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { checkChange } from '@/lib/provisioning/versions';
import { productPage } from '@/lib/serving';

interface ProposePageProps {
  params: Promise<{ domain: string; product: string }>;
}

export async function generateMetadata({ params }: ProposePageProps): Promise<Metadata> {
  const { domain, product } = await params;
  return { title: `Change ${domain}/${product}` };
}

export default async function ProposePage({ params }: ProposePageProps) {
  const { domain, product } = await params;
  const ctx = await requireUserCtx();
  const page = await productPage(ctx, domain, product).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  if (page.status !== 'production') notFound();
  if (!can(ctx, 'product.edit', page)) {
    return (
      <NotForYou
        page="Change the contract"
        who="A contract is changed by the product’s owner or a data admin of its domain."
      />
    );
  }
  const check = await checkChange(ctx, { productId: page.id, yaml: page.yaml });
  return <ProposeView page={page} check={check} />;
}
