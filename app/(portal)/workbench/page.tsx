import type { Metadata } from 'next';
import { WorkbenchView } from '@/components/workbench/workbench-view';
import { isAppError } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { LIMITS, queryableProducts, savedQueries, savedQuery } from '@/lib/workbench';

export const metadata: Metadata = { title: 'Workbench' };

export default async function WorkbenchPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { query } = await searchParams;
  const ctx = await requireUserCtx();
  const named = typeof query === 'string' ? query : null;
  const orNothing = (error: unknown) => {
    if (!isAppError(error) || error.code !== 'not_found') throw error;
    return null;
  };
  const [queryable, saved, open] = await Promise.all([
    queryableProducts(ctx),
    savedQueries(ctx),
    named ? savedQuery(ctx, named).catch(orNothing) : null,
  ]);
  return (
    <WorkbenchView
      key={open?.id ?? 'new'}
      queryable={queryable}
      saved={saved}
      open={open}
      domains={ctx.actor.memberships.map(({ domainId, domain }) => ({
        id: domainId,
        name: domain,
      }))}
      limits={LIMITS}
    />
  );
}
