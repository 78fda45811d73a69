import dynamic from 'next/dynamic';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { EffectiveRow, PolicyDetail } from '@/lib/governance';
import { EditPolicyButton } from './edit-policy-button';
import { EffectiveTable } from './effective-table';
import { GovernanceTabs } from './governance-tabs';
import { StageBadge } from './stage-badge';

const YamlDiff = dynamic(() => import('./editor/yaml-diff'));

interface Version {
  version: number;
  stage: string;
  yaml: string;
}
interface PolicyViewProps {
  policy: PolicyDetail;
  rows: EffectiveRow[];
  /** Two versions whose difference is shown. */
  compared: { before: Version; after: Version } | null;
}

export function PolicyView({ policy, rows, compared }: PolicyViewProps) {
  const place = policy.domain?.title ?? 'every domain';
  return (
    <>
      <PageHeader
        title={policy.name}
        description={`Holds in ${place}.`}
        badges={
          <>
            <StageBadge stage={policy.stage} />
            <Badge>Version {policy.version}</Badge>
          </>
        }
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Policies', href: '/governance/policies' },
          { label: policy.name },
        ]}
        actions={
          policy.canDraft &&
          (policy.next ? (
            <ButtonLink href={`/governance/policies/${policy.name}/draft`} variant="primary">
              Open the {policy.next.stage === 'grace' ? 'version in grace' : 'draft'}
            </ButtonLink>
          ) : (
            <EditPolicyButton name={policy.name} />
          ))
        }
      />
      <GovernanceTabs current="/governance/policies" />
      <div className="grid gap-6">
        {compared && <Compared policy={policy.name} {...compared} />}
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
          <Versions policy={policy} />
        </Card>
      </div>
    </>
  );
}

function Compared({ policy, before, after }: { policy: string; before: Version; after: Version }) {
  return (
    <Card
      title={`Version ${before.version} → version ${after.version}`}
      actions={
        <ButtonLink size="sm" href={`/governance/policies/${policy}`}>
          Close
        </ButtonLink>
      }
    >
      <YamlDiff before={before.yaml} after={after.yaml} />
    </Card>
  );
}

function Versions({ policy }: { policy: PolicyDetail }) {
  return (
    <Table
      caption="Versions"
      rows={policy.versions}
      rowKey={(version) => String(version.version)}
      columns={[
        { key: 'version', header: 'Version', rowHeader: true, cell: (row) => row.version },
        { key: 'stage', header: 'State', cell: (row) => <StageBadge stage={row.stage} /> },
        {
          key: 'at',
          header: 'Written',
          cell: (row) => (
            <>
              <RelativeTime at={row.createdAt} />
              <span className="block text-sm text-subtle">{row.author ?? 'Portolan'}</span>
            </>
          ),
        },
        {
          key: 'force',
          header: 'Put in force',
          cell: (row) =>
            row.activatedAt ? (
              <>
                <RelativeTime at={row.activatedAt} />
                <span className="block text-sm text-subtle">{row.activatedBy ?? 'Portolan'}</span>
              </>
            ) : (
              '–'
            ),
        },
        { key: 'reason', header: 'Reason', cell: (row) => row.reason || '–' },
        {
          key: 'compare',
          header: 'Changes',
          cell: (row) =>
            row.version > 1 ? (
              <Link
                className="link text-sm"
                href={`/governance/policies/${policy.name}?from=${row.version - 1}&to=${row.version}`}
              >
                since v{row.version - 1}
              </Link>
            ) : (
              '–'
            ),
        },
        {
          key: 'back',
          header: <span className="sr-only">Go back</span>,
          align: 'right',
          cell: (row) =>
            policy.canDraft && !policy.next && row.version !== policy.version ? (
              <EditPolicyButton name={policy.name} fromVersion={row.version} />
            ) : null,
        },
      ]}
    />
  );
}
