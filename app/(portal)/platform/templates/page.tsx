import type { Metadata } from 'next';
import { TemplatesView } from '@/components/platform/templates-view';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { listTemplateDocuments } from '@/lib/products/template-documents';

export const metadata: Metadata = { title: 'Templates' };

export default async function TemplatesPage() {
  const ctx = await requireUserCtx();
  const mayRecount = can(ctx, 'insight.recount');
  return <TemplatesView {...(await listTemplateDocuments(ctx))} mayRecount={mayRecount} />;
}
