import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TemplateView } from '@/components/platform/template-view';
import { can, isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { getTemplateDocument } from '@/lib/products/template-documents';

interface TemplatePageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: TemplatePageProps): Promise<Metadata> {
  return { title: (await params).name };
}

export default async function TemplatePage({ params }: TemplatePageProps) {
  const { name } = await params;
  const ctx = await requireUserCtx();
  const template = await getTemplateDocument(ctx, name).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  return <TemplateView template={template} canCreate={can(ctx, 'product.create')} />;
}
