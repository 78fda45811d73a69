import type { Metadata } from 'next';
import { PoliciesView } from '@/components/governance/policies-view';
import { can } from '@/lib/core';
import { listPolicies, listPolicyDomains } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Policies' };

export default async function PoliciesPage() {
  const ctx = await requireUserCtx();
  const [policies, domains] = await Promise.all([listPolicies(ctx), listPolicyDomains(ctx)]);
  const isSteward = can(ctx, 'policy.approve');
  const { memberships } = ctx.actor;
  const mine = domains.filter(
    ({ name }) =>
      isSteward || memberships.some((one) => one.domain === name && one.role === 'data_admin'),
  );
  return <PoliciesView policies={policies} isSteward={isSteward} domains={mine} />;
}
