import { PencilLine } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/states';
import { type Ctx, can } from '@/lib/core';
import { listVersions, oldVersions, openChange, pinnedInputs } from '@/lib/provisioning/versions';
import type { ProductPage } from '@/lib/serving';
import { CompareForm } from './compare-form';
import { HistoryTable } from './history-table';
import { OldVersionsCard, PinnedInputsCard } from './old-versions-card';
import { OpenChangeCard } from './open-change-card';

export async function VersionsTab({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const [versions, change, old, pinned] = await Promise.all([
    listVersions(ctx, page.id),
    openChange(ctx, page.id),
    oldVersions(ctx, page.id),
    pinnedInputs(ctx, page.id),
  ]);
  const address = `${page.domain}/${page.name}`;
  const mayPropose = page.status === 'production' && !change && can(ctx, 'product.edit', page);
  return (
    <div className="grid gap-6">
      {change && <OpenChangeCard change={change} />}
      {old.length > 0 && <OldVersionsCard address={address} versions={old} />}
      {pinned.length > 0 && <PinnedInputsCard productId={page.id} inputs={pinned} />}
      <Card
        title="History"
        description="What the contract said, since when, and why it changed."
        flush
        actions={
          mayPropose && (
            <ButtonLink
              variant="primary"
              icon={<PencilLine />}
              href={`/products/${address}/versions/propose`}
            >
              Propose a change
            </ButtonLink>
          )
        }
        footer={versions.length > 1 && <CompareForm address={address} versions={versions} />}
      >
        {versions.length > 0 ? (
          <HistoryTable address={address} versions={versions} />
        ) : (
          <EmptyState
            title="No version yet"
            description="The first version is written down when the product goes live."
          />
        )}
      </Card>
    </div>
  );
}
