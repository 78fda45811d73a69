import type { Metadata } from 'next';
import { SimulationView } from '@/components/governance/simulation-view';
import type { Query } from '@/components/ui/href';
import { getSimulation, SimulationFilter } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

interface Props {
  params: Promise<{ name: string }>;
  searchParams: Promise<Query>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Simulation of ${(await params).name}` };
}

export default async function SimulationPage({ params, searchParams }: Props) {
  const [{ name }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireUserCtx();
  const one = (key: string) => [query[key] ?? []].flat()[0];
  const filter = SimulationFilter.parse({
    kind: one('kind'),
    direction: one('direction'),
    after: one('after'),
  });
  const found = await orNotFound(() => getSimulation(ctx, name, filter));
  return <SimulationView name={name} found={found} query={query} filter={filter} />;
}
