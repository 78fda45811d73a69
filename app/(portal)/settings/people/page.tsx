import type { Metadata } from 'next';
import { PeopleView } from '@/components/auth/people-view';
import { listPeople } from '@/lib/auth';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

export const metadata: Metadata = { title: 'People' };

interface PeoplePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const text = (value: string | string[] | undefined, max: number) =>
  (Array.isArray(value) ? value[0] : value)?.slice(0, max);

export default async function PeoplePage({ searchParams }: PeoplePageProps) {
  const ctx = await requireUserCtx();
  const query = await searchParams;
  const q = text(query.q, 200) ?? '';
  const after = text(query.after, 254);
  const page = await orNotFound(() => listPeople(ctx, { q, after }));
  return (
    <PeopleView
      people={page.people}
      nextAfter={page.nextAfter}
      q={q}
      isFirstPage={!after}
      canManage={can(ctx, 'people.manage')}
      ownId={ctx.actor.id}
    />
  );
}
