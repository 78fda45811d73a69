import type { Metadata } from 'next';
import { GlossaryView } from '@/components/glossary/glossary-view';
import type { Query } from '@/components/ui/href';
import { listTerms, TermFilter, termPlaces } from '@/lib/glossary';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Glossary' };

export default async function GlossaryPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const one = (name: string) => [query[name] ?? []].flat()[0] || undefined;
  const { q, letter, status, after } = TermFilter.shape;
  // What an address says wrongly narrows nothing.
  const filter = {
    q: q.safeParse(one('q')).data,
    letter: letter.safeParse(one('letter')).data,
    status: status.safeParse(one('status')).data,
    after: after.safeParse(one('after')).data,
  };
  const [page, places] = await Promise.all([listTerms(ctx, filter), termPlaces(ctx)]);
  return <GlossaryView page={page} filter={filter} query={query} places={places} />;
}
