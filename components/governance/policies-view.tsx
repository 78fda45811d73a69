import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import type { PolicySummary } from '@/lib/governance';
import { GovernanceTabs } from './governance-tabs';
import { NewPolicyDialog } from './new-policy-dialog';
import { PoliciesTable } from './policies-table';

interface PoliciesViewProps {
  policies: PolicySummary[];
  isSteward: boolean;
  /** The domains whose policies the viewer may write. */
  domains: { name: string; title: string }[];
}

export function PoliciesView({ policies, isSteward, domains }: PoliciesViewProps) {
  return (
    <>
      <PageHeader
        title="Policies"
        description="Documents that the portal enforces: on every read, and on every product before it is made."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Policies' }]}
        actions={
          (isSteward || domains.length > 0) && (
            <NewPolicyDialog domains={domains} isSteward={isSteward} />
          )
        }
      />
      <GovernanceTabs current="/governance/policies" />
      <Card flush>
        <PoliciesTable policies={policies} />
      </Card>
    </>
  );
}
