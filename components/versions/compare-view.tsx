import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import type { VersionRow, VersionsDiff } from '@/lib/provisioning/versions';
import { ChangeList } from './change-list';
import { CompareForm } from './compare-form';
import { TextDiff } from './text-diff';

interface CompareViewProps {
  /** `domain/product` */
  address: string;
  title: string;
  versions: VersionRow[];
  diff: VersionsDiff;
}

export function CompareView({ address, title, versions, diff }: CompareViewProps) {
  const { from, to } = diff;
  return (
    <>
      <PageHeader
        title={`${from.version} → ${to.version}`}
        description="What a consumer of the first meets in the second."
        crumbs={[
          { label: 'Catalogue', href: '/catalog' },
          { label: title, href: `/products/${address}` },
          { label: 'Versions', href: `/products/${address}/versions` },
          { label: 'Compare' },
        ]}
      />
      <div className="grid gap-6">
        <Card>
          <CompareForm address={address} versions={versions} from={from.id} to={to.id} />
        </Card>
        <Card title="Changes">
          <ChangeList diff={diff} />
        </Card>
        <Card title="Text">
          <TextDiff before={from.yaml} after={to.yaml} />
        </Card>
      </div>
    </>
  );
}
