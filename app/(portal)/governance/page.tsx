import type { Metadata } from 'next';
import { GovernanceView } from '@/components/governance/governance-view';
import { auditSummary } from '@/lib/audit';
import { can, now } from '@/lib/core';
import { listPolicies } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Governance' };

export default async function GovernancePage() {
  const ctx = await requireUserCtx();
  const [policies, summary] = await Promise.all([
    listPolicies(ctx),
    can(ctx, 'audit.read') ? auditSummary(ctx, now()) : null,
  ]);
  return <GovernanceView policies={policies} summary={summary} />;
}
