import type { Metadata } from 'next';
import { type ScorecardsPart, ScorecardsView } from '@/components/scorecards/scorecards-view';
import type { Query } from '@/components/ui/href';
import { listDomains } from '@/lib/catalog';
import type { Ctx } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';
import {
  domainStandings,
  listScorecards,
  ScorecardFilter,
  scorecardChanges,
  scorecardChecks,
  scorecardCourse,
} from '@/lib/insight';

export const metadata: Metadata = { title: 'Scorecards' };

/** What an address says; what it says wrongly narrows nothing. */
function filterOf(query: Query): ScorecardFilter {
  const one = (name: string) => [query[name] ?? []].flat()[0] || undefined;
  const entries = Object.entries(ScorecardFilter.shape).flatMap(([name, schema]) => {
    const { data } = schema.safeParse(one(name));
    return data === undefined ? [] : [[name, data] as const];
  });
  return Object.fromEntries(entries);
}

async function partOf(ctx: Ctx, view: string, filter: ScorecardFilter): Promise<ScorecardsPart> {
  if (view === 'domains') return { view, domains: await domainStandings(ctx) };
  const { domain, page } = filter;
  if (view === 'changes') return { view, ...(await scorecardChanges(ctx, { domain, page })) };
  return { view: 'products', filter, standings: await listScorecards(ctx, filter) };
}

export default async function ScorecardsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const filter = filterOf(query);
  const { domain } = filter;
  const [part, course, words, domains] = await orNotFound(() =>
    Promise.all([
      partOf(ctx, String(query.view ?? ''), filter),
      scorecardCourse(ctx, { domain, range: '90d' }),
      scorecardChecks(ctx),
      listDomains(ctx),
    ]),
  );
  return <ScorecardsView {...{ words, domains, domain, course, part, query }} />;
}
