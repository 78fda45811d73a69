import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { EffectiveRow, PolicyDetail } from '@/lib/governance';
import { EffectiveTable } from './effective-table';

const STAGES: Record<string, string> = {
  enforced: 'In force',
  draft: 'Draft',
  superseded: 'Superseded',
};

interface PolicyViewProps {
  policy: PolicyDetail;
  rows: EffectiveRow[];
}

export function PolicyView({ policy, rows }: PolicyViewProps) {
  const place = policy.domain?.title ?? 'every domain';
  return (
    <>
      <PageHeader
        title={policy.name}
        description={`Holds in ${place}.`}
        badges={
          <>
            <Badge>{STAGES[policy.stage] ?? policy.stage}</Badge>
            <Badge>Version {policy.version}</Badge>
          </>
        }
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Policies', href: '/governance/policies' },
          { label: policy.name },
        ]}
      />
      <div className="grid gap-6">
        <Card
          title={policy.domain ? `What holds in ${policy.domain.title}` : 'What holds everywhere'}
          description="Values of other documents included, each with its source."
          flush
        >
          <EffectiveTable rows={rows} caption={`Effective policies in ${place}`} />
        </Card>
        <Card title="Document">
          <CodeBlock samples={{ label: 'YAML', code: policy.yaml }} maxHeight="32rem" />
        </Card>
        <Card title="Versions" flush>
          <Table
            caption="Versions"
            rows={policy.versions}
            rowKey={(version) => String(version.version)}
            columns={[
              { key: 'version', header: 'Version', rowHeader: true, cell: (row) => row.version },
              { key: 'stage', header: 'State', cell: (row) => STAGES[row.stage] ?? row.stage },
              { key: 'at', header: 'Written', cell: (row) => <RelativeTime at={row.createdAt} /> },
              { key: 'reason', header: 'Reason', cell: (row) => row.reason || '–' },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
