import { Badge, StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { PlatformCapability, PlatformOverview } from '@/lib/platform';
import { CAPABILITY_WORDS } from './capability-words';
import { PlatformTabs } from './platform-tabs';

interface PlatformViewProps {
  platform: PlatformOverview;
  mayRecount: boolean;
}

export function PlatformView({ platform, mayRecount }: PlatformViewProps) {
  const capabilities = Object.keys(CAPABILITY_WORDS) as (keyof typeof CAPABILITY_WORDS)[];
  return (
    <>
      <PageHeader
        title="Platform"
        description="What data products are made of here. Templates ask for kinds; each entry says which kinds it stands in for."
        meta={
          <>
            <span className="font-mono">{platform.name}</span>
            <span>version {platform.version}</span>
            <span>
              in force since <RelativeTime at={platform.createdAt} />
            </span>
          </>
        }
      />
      <PlatformTabs current="/platform" mayRecount={mayRecount} />
      <div className="flex flex-col gap-6">
        {capabilities.map((capability) => (
          <CapabilityCard
            key={capability}
            {...CAPABILITY_WORDS[capability]}
            entries={platform.capabilities.filter((entry) => entry.capability === capability)}
          />
        ))}
        <Card title="Document">
          <CodeBlock samples={{ label: 'YAML', code: platform.yaml }} maxHeight="32rem" />
        </Card>
      </div>
    </>
  );
}

interface CapabilityCardProps {
  title: string;
  description: string;
  entries: PlatformCapability[];
}

function CapabilityCard({ title, description, entries }: CapabilityCardProps) {
  return (
    <Card title={title} description={description} flush>
      <Table
        caption={`${title}: entries of the platform document`}
        rows={entries}
        rowKey={(entry) => `${entry.type}/${entry.provider}`}
        empty={
          <p className="px-5 py-4 text-muted">
            The platform document names none, so no template can be provisioned.
          </p>
        }
        columns={[
          {
            key: 'type',
            header: 'Entry',
            rowHeader: true,
            cell: (entry) => <TypeCell entry={entry} />,
          },
          { key: 'kinds', header: 'Stands in for', cell: (entry) => <Kinds entry={entry} /> },
          {
            key: 'driver',
            header: 'Driver',
            className: 'min-w-48',
            cell: (entry) => <DriverCell entry={entry} />,
          },
          {
            key: 'configuration',
            header: 'Configuration',
            cell: (entry) => <Configuration entry={entry} />,
          },
          {
            key: 'state',
            header: 'State',
            className: 'min-w-32',
            cell: (entry) => <StateCell entry={entry} />,
          },
        ]}
      />
    </Card>
  );
}

function TypeCell({ entry: { type, provider } }: { entry: PlatformCapability }) {
  return (
    <>
      <span className="font-mono text-sm whitespace-nowrap">{type}</span>
      <span className="block text-sm font-normal whitespace-nowrap text-muted">by {provider}</span>
    </>
  );
}

function Kinds({ entry: { satisfies } }: { entry: PlatformCapability }) {
  if (satisfies.length === 0) return <span className="text-subtle">itself only</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {satisfies.map((kind) => (
        <Badge key={kind} className="font-mono">
          {kind}
        </Badge>
      ))}
    </span>
  );
}

function DriverCell({ entry: { driver, isBuiltIn } }: { entry: PlatformCapability }) {
  if (isBuiltIn) return <span className="text-muted">Part of the portal</span>;
  if (!driver) return <span className="text-subtle">None</span>;
  return (
    <>
      {driver.title}
      <span className="block font-mono text-xs text-subtle">{driver.kind}</span>
    </>
  );
}

function Configuration({ entry: { configuration } }: { entry: PlatformCapability }) {
  if (configuration.length === 0) return <span className="text-subtle">none</span>;
  return (
    <dl className="text-sm">
      {configuration.map(({ key, value }) => (
        <div key={key} className="flex gap-1.5 whitespace-nowrap">
          <dt className="text-muted">{key}:</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function StateCell({ entry: { ok, reason } }: { entry: PlatformCapability }) {
  return (
    <>
      <StatusBadge tone={ok ? 'ok' : 'error'}>{ok ? 'Healthy' : 'Not available'}</StatusBadge>
      {reason && <span className="mt-1 block text-sm text-muted">{reason}</span>}
    </>
  );
}
