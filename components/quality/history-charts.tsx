import { TimeLines } from '@/components/charts/time-lines';
import { Card } from '@/components/ui/card';
import type { QualityHistory } from '@/lib/quality';
import { titleCase } from '../products/labels';

/** How scores and loads went. */
export function HistoryCharts({ history }: { history: QualityHistory }) {
  const { runs, loads } = history;
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.scores)))].sort();
  const lowest = Math.min(100, ...runs.flatMap((run) => Object.values(run.scores)));
  if (runs.length === 0) return null;
  return (
    <div className="grid items-start gap-6 xl:grid-cols-2 print:grid-cols-1">
      <Card title="Scores" description="Share of good rows by dimension, of 100, run by run.">
        <TimeLines
          label="Scores by run"
          series={names.map((key) => ({ key, label: titleCase(key) }))}
          points={runs.map((run) => ({ at: run.at, values: run.scores }))}
          from={Math.max(0, Math.floor((lowest - 5) / 10) * 10)}
          to={100}
        />
      </Card>
      <Card title="Rows" description="Rows of each load that was served.">
        <TimeLines
          label="Rows by load"
          series={[{ key: 'rows', label: 'Rows' }]}
          points={loads.map(({ at, rows }) => ({ at, values: { rows } }))}
        />
      </Card>
    </div>
  );
}
