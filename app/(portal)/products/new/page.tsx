import type { Metadata } from 'next';
import { StartView } from '@/components/wizard/start-view';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { listDrafts } from '@/lib/products/draft-queries';
import { listTemplates } from '@/lib/products/template-queries';

export const metadata: Metadata = { title: 'New data product' };

export default async function NewProductPage() {
  const ctx = await requireUserCtx('/products/new');
  const isAllowed = can(ctx, 'product.create');
  const [drafts, templates] = isAllowed
    ? await Promise.all([listDrafts(ctx), listTemplates(ctx)])
    : [[], []];
  return <StartView isAllowed={isAllowed} drafts={drafts} templates={templates} />;
}
