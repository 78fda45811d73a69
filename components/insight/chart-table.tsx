import { valueAt } from '@/components/charts/geometry';
import { Table } from '@/components/ui/table';
import type { Chart, PeriodView } from '@/lib/insight';
import { figureText } from '@/lib/insight/words';
import { bucketText } from './period-words';

interface ChartTableProps {
  chart: Chart;
  period: PeriodView;
  hasBefore: boolean;
}

/** What a chart draws, as a table that opens below it. */
export function ChartTable({ chart, period, hasBefore }: ChartTableProps) {
  const { title, unit, ats, series, targets } = chart;
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : figureText(value, unit);
  const right = 'right' as const;
  const hasTarget = targets.some((one) => one.value !== null);
  return (
    <details className="mt-3">
      <summary className="link w-fit cursor-pointer text-sm">Table</summary>
      <div className="mt-2">
        <Table
          caption={`${title} by ${period.bucket}`}
          maxHeight="20rem"
          rows={ats.map((at, place) => ({ at, place }))}
          rowKey={({ at }) => at}
          columns={[
            {
              ...{ key: 'at', header: capital(period.bucket), rowHeader: true },
              cell: ({ at }) => bucketText(at, period.bucket),
            },
            ...series.flatMap(({ key, label, values, before }) => [
              {
                ...{ key, header: label, align: right },
                cell: ({ place }: { place: number }) => text(values[place]),
              },
              ...(hasBefore
                ? [
                    {
                      ...{ key: `${key} before`, header: `${label}, before`, align: right },
                      cell: ({ place }: { place: number }) => text(before[place]),
                    },
                  ]
                : []),
            ]),
            ...(hasTarget
              ? [
                  {
                    ...{ key: 'target', header: 'Target at its begin', align: right },
                    cell: ({ at }: { at: string }) => text(valueAt(targets, Date.parse(at))),
                  },
                ]
              : []),
          ]}
        />
      </div>
    </details>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
