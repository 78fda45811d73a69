import type { Metadata } from 'next';
import { PrivacyView } from '@/components/compliance/privacy-view';
import type { Query } from '@/components/ui/href';
import { NotForYou } from '@/components/ui/not-for-you';
import { KINDS, listPrivacyRequests, PrivacyFilter } from '@/lib/compliance';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Privacy requests' };

export default async function PrivacyPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  if (!can(ctx, 'privacy.manage')) {
    return <NotForYou page="Privacy" who="Privacy requests are for stewards" />;
  }
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const filter = PrivacyFilter.parse({ state: one('state'), after: one('after') });
  const page = await listPrivacyRequests(ctx, filter);
  return <PrivacyView {...page} query={query} state={filter.state ?? null} kinds={KINDS} />;
}
