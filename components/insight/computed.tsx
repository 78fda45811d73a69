import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import type { MetricDetail } from '@/lib/insight';
import { periodText } from './period-words';

/** What a figure means, where it comes from, and the query that finds its facts. */
export function Computed({ detail }: { detail: MetricDetail }) {
  const { metric, query, period } = detail;
  const minimum =
    metric.minimum > 1
      ? ` With fewer than ${metric.minimum.toLocaleString('en')} there is no figure.`
      : '';
  return (
    <Card title="How is this computed?">
      <p>{metric.definition}</p>
      <dl className="mt-3 grid gap-x-6 gap-y-1 text-sm sm:grid-cols-[10rem_1fr]">
        <dt className="text-muted">Period</dt>
        <dd>
          UTC days{period.range !== 'custom' && ', the last with today so far'}:{' '}
          {periodText(period)}.
        </dd>
        <dt className="text-muted">Where it comes from</dt>
        <dd>{metric.source}</dd>
        <dt className="text-muted">Better is</dt>
        <dd>
          {metric.direction === 'up' ? 'more' : 'less'}.{minimum}
        </dd>
        <dt className="text-muted">Who defines it</dt>
        <dd>{metric.owner}</dd>
        <dt className="text-muted">Name</dt>
        <dd>
          <code>{metric.id}</code>
        </dd>
      </dl>
      <details className="mt-3">
        <summary className="link w-fit cursor-pointer text-sm">The query</summary>
        <p className="my-2 text-sm text-muted">
          Each row is a fact. The figure is <code>{query.fold}</code>
          {query.factor !== 1 && <> times {query.factor}</>} over the facts of products that you may
          find{metric.isOfPortal && '; of this metric, all of them'}. The parameters are the
          instants of the period.
        </p>
        <CodeBlock samples={{ label: 'SQL', code: query.sql }} maxHeight="24rem" />
      </details>
    </Card>
  );
}
