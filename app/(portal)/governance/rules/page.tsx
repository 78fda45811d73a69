import type { Metadata } from 'next';
import { RulesView } from '@/components/governance/rules-view';
import { can } from '@/lib/core';
import { listRules, ruleFacts } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Validation rules' };

export default async function RulesPage() {
  const ctx = await requireUserCtx();
  const rules = await listRules(ctx);
  return <RulesView rules={rules} facts={ruleFacts()} canTry={can(ctx, 'policy.draft')} />;
}
