import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { DraftView } from '@/components/governance/editor/draft-view';
import { isAppError } from '@/lib/core';
import { getPolicyDraft, policyJsonSchema } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

interface DraftPageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: DraftPageProps): Promise<Metadata> {
  return { title: `Draft of ${(await params).name}` };
}

export default async function DraftPage({ params }: DraftPageProps) {
  const ctx = await requireUserCtx();
  const draft = await getPolicyDraft(ctx, (await params).name).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  return <DraftView draft={draft} schema={policyJsonSchema()} />;
}
