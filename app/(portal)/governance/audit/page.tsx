import type { Metadata } from 'next';
import { auditQueryOf } from '@/components/audit/audit-query-of';
import { AuditView } from '@/components/audit/audit-view';
import type { Query } from '@/components/ui/href';
import { NotForYou } from '@/components/ui/not-for-you';
import { getAuditEvent, lastVerification, listAudit, listAuditViews } from '@/lib/audit';
import { can, isAppError } from '@/lib/core';
import { listPolicyDomains } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Audit' };

const EMPTY = { events: [], nextPage: null, lookedBackTo: null };

export default async function AuditPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  if (!can(ctx, 'audit.read')) {
    return (
      <NotForYou
        page="Audit"
        who="The audit log is for stewards and platform admins"
        why="Ask a platform admin for the role if your work needs it. Who may reach a product stands on the product’s own page."
      />
    );
  }
  const asked = auditQueryOf(query);
  const list = async () =>
    asked.problem ? EMPTY : listAudit(ctx, asked.filter, { after: asked.after });
  const explain = (error: unknown) => {
    if (!isAppError(error) || error.code !== 'invalid') throw error;
    return { ...EMPTY, problem: error.message };
  };
  const orNothing = (error: unknown) => {
    if (!isAppError(error) || error.code !== 'not_found') throw error;
    return null;
  };
  const [page, domains, event, verification, views] = await Promise.all([
    list().catch(explain),
    listPolicyDomains(ctx),
    asked.event ? getAuditEvent(ctx, asked.event).catch(orNothing) : null,
    lastVerification(ctx),
    listAuditViews(ctx),
  ]);
  const problem = asked.problem ?? ('problem' in page ? page.problem : undefined);
  return (
    <AuditView
      page={page}
      query={query}
      domains={domains}
      event={event}
      problem={problem}
      verification={verification}
      views={views}
    />
  );
}
