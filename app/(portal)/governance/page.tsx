import type { Metadata } from 'next';
import { GovernanceView } from '@/components/governance/governance-view';
import { auditSummary } from '@/lib/audit';
import { can, now } from '@/lib/core';
import { listPolicies } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';
import { governanceToday } from '@/lib/insight';

export const metadata: Metadata = { title: 'Governance' };

export default async function GovernancePage() {
  const ctx = await requireUserCtx();
  const [policies, today, summary] = await Promise.all([
    listPolicies(ctx),
    governanceToday(ctx),
    can(ctx, 'audit.read') ? auditSummary(ctx, now()) : null,
  ]);
  return <GovernanceView policies={policies} today={today} summary={summary} />;
}
