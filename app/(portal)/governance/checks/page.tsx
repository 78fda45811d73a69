import type { Metadata } from 'next';
import { ChecksView } from '@/components/scorecards/checks-view';
import type { Query } from '@/components/ui/href';
import { listDomains } from '@/lib/catalog';
import { ruleFacts } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';
import { listCustomChecks, scorecardChecks } from '@/lib/insight';

export const metadata: Metadata = { title: 'Scorecard checks' };

export default async function ChecksPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { edit } = await searchParams;
  const ctx = await requireUserCtx();
  const [own, words, domains] = await Promise.all([
    listCustomChecks(ctx),
    scorecardChecks(ctx),
    listDomains(ctx),
  ]);
  return (
    <ChecksView
      own={own}
      words={words}
      domains={domains.map(({ name, title }) => ({ name, title }))}
      facts={ruleFacts()}
      edit={[edit].flat()[0]}
    />
  );
}
