import type { Metadata } from 'next';
import { ComplianceView } from '@/components/compliance/compliance-view';
import { NotForYou } from '@/components/ui/not-for-you';
import { complianceOverview } from '@/lib/compliance';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Compliance' };

export default async function CompliancePage() {
  const ctx = await requireUserCtx();
  if (!can(ctx, 'compliance.read')) {
    return <NotForYou page="Compliance" who="Compliance is for people who publish data" />;
  }
  return <ComplianceView overview={await complianceOverview(ctx)} />;
}
