import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Stepper } from '@/components/ui/stepper';
import type { Ctx } from '@/lib/core';
import { listSamples, listTestRuns, type ProductLifecycle, productLifecycle } from '@/lib/release';
import { listSnapshots, type ProductPage } from '@/lib/serving';
import { Gates } from './gates';
import { LastRun } from './last-run';
import { LifecycleActions } from './lifecycle-actions';
import { SamplesCard } from './samples-card';
import { SnapshotsCard } from './snapshots-card';
import { TestRuns } from './test-runs';

const STAGES = [
  ['development', 'Development'],
  ['testing', 'Testing'],
  ['staging', 'Staging'],
  ['production', 'Production'],
  ['deprecated', 'Deprecated'],
  ['retired', 'Retired'],
] as const;

/** Where the product stands, what each gate finds, and every way on or back. */
export async function LifecycleTab({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const [lifecycle, tests, snapshots, samples] = await Promise.all([
    productLifecycle(ctx, page.id),
    listTestRuns(ctx, page.id),
    listSnapshots(ctx, page.id),
    listSamples(ctx, page.id),
  ]);
  const address = `${page.domain}/${page.name}`;
  const mayOperate = lifecycle.can.operate;
  return (
    <div className="flex flex-col gap-6">
      <Card
        title="Stages"
        description="Every gate between two stages is computed. Nobody ticks it."
        footer={<LifecycleActions productId={page.id} address={address} lifecycle={lifecycle} />}
      >
        <Stepper label="Stages of the product" steps={stepsOf(lifecycle)} />
        <Notices lifecycle={lifecycle} />
      </Card>
      <Gates lifecycle={lifecycle} />
      <TestRuns runs={tests} mayOperate={mayOperate} />
      <SnapshotsCard
        productId={page.id}
        address={address}
        initial={snapshots}
        releases={lifecycle.releases}
        mayOperate={mayOperate && lifecycle.isLive}
      />
      {mayOperate && lifecycle.status !== 'retired' && (
        <SamplesCard productId={page.id} samples={samples} />
      )}
    </div>
  );
}

function stepsOf({ status, isStaged, isLive }: ProductLifecycle) {
  const at = STAGES.findIndex(([key]) => key === status);
  return STAGES.map(([key, label], index) => ({
    label,
    ...(key === 'staging' && isStaged && isLive && { description: 'a candidate' }),
    state: index < at ? ('done' as const) : index === at ? ('current' as const) : ('todo' as const),
  }));
}

function Notices({ lifecycle }: { lifecycle: ProductLifecycle }) {
  const { deprecation, lastRun } = lifecycle;
  if (!deprecation && !lastRun) return null;
  return (
    <div className="mt-5 flex flex-col gap-3">
      {deprecation && (
        <Callout
          tone="warn"
          title={`Deprecated: ends on ${deprecation.sunsetAt?.slice(0, 10) ?? 'a day to be named'}`}
        >
          {[deprecation.note, deprecation.successor && `Its successor is ${deprecation.successor}.`]
            .filter(Boolean)
            .join(' ') || 'Consumers have been told, and are told again before the day.'}
        </Callout>
      )}
      {lastRun && <LastRun run={lastRun} />}
    </div>
  );
}
