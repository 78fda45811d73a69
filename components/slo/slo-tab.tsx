import { Download } from 'lucide-react';
import Link from 'next/link';
import { Button, FileLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { hrefWith, type Query } from '@/components/ui/href';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { type Ctx, can } from '@/lib/core';
import {
  type History,
  METRICS,
  type ProductSlo,
  productSlo,
  RANGES,
  RangeName,
  sloHistory,
} from '@/lib/slo';
import { DayStrip } from './day-strip';
import { ObjectiveCard } from './objective-card';
import { ObjectiveDialog, RemoveObjectiveButton } from './objective-dialogs';
import { IncidentsCard, ProbesCard } from './slo-tables';
import { StandingBadge } from './standing-badge';

interface SloTabProps {
  ctx: Ctx;
  product: { domain: string; name: string; domainId: string; ownerId: string; status: string };
  query: Query;
}

/** A product's status page: what it promises, how it keeps it, and when it did not. */
export async function SloTab({ ctx, product, query }: SloTabProps) {
  const range = RangeName.catch('30d').parse(query.range);
  const address = { domain: product.domain, product: product.name };
  const [slo, quarter, chosen] = await Promise.all([
    productSlo(ctx, address),
    sloHistory(ctx, { ...address, range: '90d' }),
    sloHistory(ctx, { ...address, range }),
  ]);
  const canEdit = product.status !== 'retired' && can(ctx, 'product.edit', product);
  const add = canEdit && (
    <ObjectiveDialog
      productId={slo.productId}
      metrics={METRICS}
      trigger={<Button variant="primary">Add objective</Button>}
    />
  );
  if (slo.objectives.length === 0) {
    return (
      <EmptyState
        title="Nothing is measured"
        description={
          product.status === 'retired'
            ? 'The product is retired: its objectives ended with it.'
            : 'This product promises no service level, or its objectives are about to be read from its contract: that takes less than a minute once it is served.'
        }
        actions={add}
      />
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <StatusCard slo={slo} quarter={quarter} add={add} />
      <RangeChoice path={`/products/${slo.product}/slo`} query={query} range={range} />
      {slo.objectives.map((objective) => (
        <ObjectiveCard
          key={objective.id}
          objective={objective}
          points={pointsOf(chosen, objective.id)}
          step={RANGES[range].step}
          actions={
            canEdit && (
              <>
                <ObjectiveDialog
                  // A saved change begins the form anew.
                  key={objective.rev}
                  {...{ productId: slo.productId, objective, metrics: METRICS }}
                  trigger={
                    <Button size="sm" aria-label={`Change the objective ${objective.title}`}>
                      Change
                    </Button>
                  }
                />
                {objective.origin === 'owner' && (
                  <RemoveObjectiveButton productId={slo.productId} objective={objective} />
                )}
              </>
            )
          }
        />
      ))}
      <IncidentsCard incidents={slo.incidents} />
      <ProbesCard probes={slo.probes} />
    </div>
  );
}

const pointsOf = (history: History, id: string) =>
  history.find(({ objectiveId }) => objectiveId === id)?.points ?? [];

function StatusCard(props: { slo: ProductSlo; quarter: History; add: React.ReactNode }) {
  const { slo, quarter, add } = props;
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          Status <StandingBadge standing={slo.standing} />
        </span>
      }
      description={
        <>
          The last 90 days, a mark for each.{' '}
          {slo.measuredThrough && (
            <>
              Measured up to <RelativeTime at={slo.measuredThrough} />.
            </>
          )}
        </>
      }
      actions={
        <>
          <FileLink href={`/api/v1/slo/${slo.product}/openslo.yaml`} download icon={<Download />}>
            OpenSLO
          </FileLink>
          {add}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {slo.objectives.map(({ id, title, target }) => (
          <DayStrip key={id} title={title} target={target} days={pointsOf(quarter, id)} />
        ))}
      </div>
    </Card>
  );
}

const RANGE_TITLES: Record<RangeName, string> = {
  '2d': '2 days',
  '30d': '30 days',
  '90d': '90 days',
};

function RangeChoice({ path, query, range }: { path: string; query: Query; range: RangeName }) {
  return (
    <nav
      aria-label="Time shown in the charts"
      className="flex flex-wrap items-center gap-1 text-sm"
    >
      <span className="mr-1 text-muted">Charts show the last</span>
      {RangeName.options.map((name) => (
        <Link
          key={name}
          href={hrefWith(path, query, { range: name })}
          scroll={false}
          aria-current={name === range ? 'true' : undefined}
          className={cn(
            'rounded-md px-2.5 py-1',
            name === range
              ? 'bg-accent-soft text-accent-ink'
              : 'text-muted hover:bg-hover hover:text-ink',
          )}
        >
          {RANGE_TITLES[name]}
        </Link>
      ))}
    </nav>
  );
}
