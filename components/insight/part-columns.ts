import type { MetricWords, Part } from '@/lib/insight';
import { figureText, tooLittle } from '@/lib/insight/words';

/** The figure of a part and the one before, as columns of a table. */
export function figureColumns(metric: MetricWords) {
  const text = (value: number | null) => (value === null ? '–' : figureText(value, metric.unit));
  return [
    {
      ...{ key: 'value', header: 'Figure', align: 'right' as const },
      cell: (part: Part) =>
        part.value === null ? tooLittle({ ...part, metric }) : text(part.value),
    },
    {
      ...{ key: 'previous', header: 'Before', align: 'right' as const },
      cell: (part: Part) => text(part.previous),
    },
  ];
}
