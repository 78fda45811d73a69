import type { Metadata } from 'next';
import { DuplicatesView } from '@/components/insight/cost/duplicates-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';
import { DuplicatesInput, listDuplicates } from '@/lib/insight';

export const metadata: Metadata = { title: 'Products that look alike' };

export default async function DuplicatesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const { data = DuplicatesInput.parse({}) } = DuplicatesInput.safeParse(query);
  const ctx = await requireUserCtx();
  const asked = { ...data, dismissed: String(data.dismissed) };
  const found = await listDuplicates(ctx, asked);
  return <DuplicatesView domain={data.domain} isDismissed={data.dismissed} {...found} />;
}
