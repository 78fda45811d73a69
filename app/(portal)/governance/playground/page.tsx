import type { Metadata } from 'next';
import { PlaygroundView } from '@/components/governance/playground-view';
import type { Query } from '@/components/ui/href';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Policy playground' };

export default async function PlaygroundPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const one = (name: string) => [query[name] ?? ''].flat()[0] ?? '';
  return (
    <PlaygroundView
      person={one('person') || ctx.actor.email}
      product={one('product')}
      purpose={one('purpose')}
    />
  );
}
