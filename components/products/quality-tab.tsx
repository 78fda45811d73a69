import { StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stat } from '@/components/ui/stat';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { Ctx } from '@/lib/core';
import { type LatestQuality, latestQuality } from '@/lib/quality';
import { countText, titleCase } from './labels';

export async function QualityTab({ ctx, productId }: { ctx: Ctx; productId: string }) {
  const latest = await latestQuality(ctx, productId);
  if (!latest) {
    return (
      <EmptyState
        title="Not measured yet"
        description="Quality rules run over every new snapshot; the first results appear when the product is provisioned."
      />
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <div className="grid grid-cols-2 gap-3 md:grid-cols-3 xl:grid-cols-6">
        {Object.entries(latest.scores).map(([dimension, score]) => (
          <Stat
            key={dimension}
            label={titleCase(dimension)}
            value={score.toFixed(1)}
            hint="share of good rows, of 100"
          />
        ))}
      </div>
      <Card
        flush
        title="Rules"
        description={
          <>
            Measured <RelativeTime at={latest.finishedAt ?? latest.startedAt} />
          </>
        }
      >
        <RulesTable results={latest.results} />
      </Card>
    </div>
  );
}

function RulesTable({ results }: { results: LatestQuality['results'] }) {
  return (
    <Table
      caption="Quality rules with their newest results"
      rows={results}
      rowKey={(result) => result.ruleId}
      empty={<EmptyState title="No rules" description="This product promises no quality yet." />}
      columns={[
        {
          key: 'name',
          header: 'Rule',
          rowHeader: true,
          className: 'min-w-48',
          cell: (result) => (
            <>
              {result.name}
              {result.reason && (
                <span className="block text-sm font-normal text-subtle">{result.reason}</span>
              )}
            </>
          ),
        },
        {
          key: 'result',
          header: 'Result',
          cell: (result) => (
            <StatusBadge tone={result.passed ? 'ok' : 'error'}>
              {result.passed ? 'Passed' : 'Failed'}
            </StatusBadge>
          ),
        },
        {
          key: 'column',
          header: 'Column',
          cell: (result) => <span className="font-mono text-sm">{result.column ?? '–'}</span>,
        },
        { key: 'dimension', header: 'Dimension', cell: (result) => titleCase(result.dimension) },
        {
          key: 'score',
          header: 'Score',
          align: 'right',
          cell: (result) => result.score.toFixed(2),
        },
        {
          key: 'failing',
          header: 'Breaking rows',
          align: 'right',
          cell: (result) => `${countText(result.failing)} of ${countText(result.checked)}`,
        },
        {
          key: 'message',
          header: 'Detail',
          className: 'min-w-48',
          cell: (result) => <span className="text-sm text-muted">{result.message}</span>,
        },
      ]}
    />
  );
}
