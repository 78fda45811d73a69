import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TermView } from '@/components/glossary/term-view';
import type { Query } from '@/components/ui/href';
import { isAppError } from '@/lib/core';
import { getTerm, termPlaces } from '@/lib/glossary';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Glossary term' };

interface TermPageProps {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Query>;
}

export default async function TermPage({ params, searchParams }: TermPageProps) {
  const ctx = await requireUserCtx();
  const slug = decoded((await params).slug);
  const query = await searchParams;
  const after = [query.after ?? []].flat()[0] ?? '';
  const [term, places] = await Promise.all([
    getTerm(ctx, slug, after.slice(0, 200)).catch((error: unknown) => {
      if (isAppError(error) && error.code === 'not_found') notFound();
      throw error;
    }),
    termPlaces(ctx),
  ]);
  return <TermView term={term} places={places} isFirst={!after} />;
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return notFound();
  }
}
