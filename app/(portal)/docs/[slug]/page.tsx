import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { GuidePageView } from '@/components/docs/guide-page-view';
import { GUIDE, guidePage } from '@/lib/adoption';
import { isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

interface DocsPageProps {
  params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: DocsPageProps): Promise<Metadata> {
  const { slug } = await params;
  const page = GUIDE.flatMap((section) => [...section.pages]).find((one) => one.slug === slug);
  return { title: page?.title ?? 'Docs' };
}

export default async function DocsPage({ params }: DocsPageProps) {
  await requireUserCtx();
  const page = await guidePage((await params).slug).catch((error: unknown) => {
    if (isAppError(error) && error.code === 'not_found') notFound();
    throw error;
  });
  return <GuidePageView sections={GUIDE} page={page} />;
}
