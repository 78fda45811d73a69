import { TrendingDown, TrendingUp } from 'lucide-react';
import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { PageHeader } from '@/components/ui/page-header';
import type { Dashboard, MetricFigures } from '@/lib/insight';
import { figureText, targetText, tooLittle, trendOf } from '@/lib/insight/words';
import { Charts } from './charts';
import { InsightNav } from './insight-nav';
import { RangeTabs, scopeCrumbs, scopeWords } from './scope-bar';
import { type InsightScope, insightHref } from './scope-href';
import { ShareDialog } from './share-dialog';
import { Spark } from './spark';

const GROUPS = {
  business: { title: 'Business value', about: 'Whether people find what they need, and use it.' },
  technical: { title: 'How it runs', about: 'Whether products answer, load and hold good rows.' },
  delivery: {
    title: 'How it changes',
    about: 'How fast products and access come, and how safely.',
  },
};

interface InsightViewProps {
  scope: InsightScope;
  dashboard: Dashboard;
  mayShare: boolean;
}

/** Every metric of the mesh, a domain or a product at a glance, and the course of a few. */
export function InsightView({ scope, dashboard, mayShare }: InsightViewProps) {
  const { period, metrics } = dashboard;
  return (
    <>
      <PageHeader
        title="Insight"
        description={`What really happened in ${scopeWords(scope)}, of what you may find. Open a figure to see how it is computed.`}
        crumbs={scope.domain || scope.mine ? scopeCrumbs(scope) : undefined}
        actions={mayShare && <ShareDialog scope={scope} />}
      />
      <InsightNav current="/insight" scope={scope} />
      <RangeTabs scope={scope} period={period} />
      <div className="flex flex-col gap-8">
        <Charts scope={scope} dashboard={dashboard} />
        {Object.entries(GROUPS).map(([group, { title, about }]) => (
          <section key={group} aria-labelledby={group}>
            <h2 id={group} className="text-lg font-semibold">
              {title}
            </h2>
            <p className="mb-3 text-sm text-muted">{about}</p>
            <MetricCards
              scope={scope}
              metrics={metrics.filter((one) => one.metric.group === group)}
            />
          </section>
        ))}
      </div>
    </>
  );
}

/** Some metrics at a glance, each leading to its page. */
export function MetricCards({ scope, metrics }: { scope: InsightScope; metrics: MetricFigures[] }) {
  return (
    <ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
      {metrics.map((one) => (
        <MetricCard key={one.metric.id} figures={one} scope={scope} />
      ))}
    </ul>
  );
}

/** A figure that leads to how it is computed. */
export function MetricCard({ figures, scope }: { figures: MetricFigures; scope: InsightScope }) {
  return (
    <li className="min-w-0">
      <Link
        href={insightHref(scope, figures.metric.id)}
        className="flex h-full flex-col rounded-lg border bg-surface px-5 py-4 transition-colors hover:border-line-strong"
      >
        <FigureLines figures={figures} />
      </Link>
    </li>
  );
}

/** What a card says of a figure. */
export function FigureLines({ figures }: { figures: MetricFigures }) {
  const { metric, value, points } = figures;
  return (
    <>
      <span className="text-sm text-muted">{metric.title}</span>
      <span
        className={cn(
          'tabular mt-1 block tracking-tight',
          value === null ? 'text-base text-muted' : 'text-2xl font-semibold',
        )}
      >
        {value === null ? tooLittle(figures) : figureText(value, metric.unit)}
      </span>
      <TrendLine figures={figures} />
      <TargetLine figures={figures} />
      <span className="mt-auto pt-2">
        <Spark values={points.map((point) => point.value)} />
      </span>
    </>
  );
}

/** What the figure should come to, and whether it does. */
export function TargetLine({
  figures,
}: {
  figures: Pick<MetricFigures, 'metric' | 'value' | 'target'>;
}) {
  const found = targetText(figures);
  if (!found) return null;
  const tone = found.isMet === null ? 'neutral' : found.isMet ? 'ok' : 'error';
  return (
    <span className="mt-1.5 block">
      <StatusBadge tone={tone}>{found.text}</StatusBadge>
    </span>
  );
}

/** Whether a figure went the right way, in words and with an arrow. */
export function TrendLine({ figures }: { figures: MetricFigures }) {
  const trend = trendOf(figures);
  if (!trend) {
    return figures.metric.isNow ? (
      <span className="mt-0.5 block text-sm text-subtle">as it stands now</span>
    ) : null;
  }
  const Arrow = trend.text.startsWith('up') ? TrendingUp : TrendingDown;
  return (
    <span className="mt-0.5 flex items-center gap-1.5 text-sm text-muted">
      {trend.way !== 'same' && <Arrow aria-hidden className="size-4 shrink-0" />}
      <span>
        {trend.text}
        {trend.way !== 'same' && (
          <span className={trend.way === 'better' ? 'text-ok' : 'text-error'}> · {trend.way}</span>
        )}
      </span>
    </span>
  );
}
