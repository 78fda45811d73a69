import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { Wizard } from '@/components/wizard/wizard';
import { isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { getDraft } from '@/lib/products/draft-queries';
import { listTemplates } from '@/lib/products/template-queries';
import { wizardDomains } from '@/lib/products/wizard-options';

export const metadata: Metadata = { title: 'New data product' };

export default async function DraftPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await requireUserCtx(`/products/drafts/${id}`);
  const draft = await getDraft(ctx, id).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  if (draft.submittedAt) redirect(draft.runId ? `/runs/${draft.runId}` : '/products/new');
  const [templates, domains] = await Promise.all([listTemplates(ctx), wizardDomains(ctx)]);
  return <Wizard key={draft.id} draft={draft} templates={templates} domains={domains} />;
}
