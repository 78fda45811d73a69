import { csvCell } from '@/lib/audit';
import type { Ctx } from '@/lib/core';
import { METRICS } from '../metrics/registry';
import { figuresOf } from './figure';
import { periodOf } from './period';
import { getMetric, metricRowsUpTo } from './queries';
import { requireMetric, type Scope, scopeOf } from './scope';

/** Rows of one download. */
const MOST_ROWS = 10_000;
export const line = (cells: (string | number | null)[]) =>
  `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : csvCell(cell))).join(',')}\r\n`;

/** A metric over time as CSV (RFC 4180). @throws AppError not_found | forbidden */
export async function metricPointsCsv(ctx: Ctx, id: string, raw: Scope = {}): Promise<string> {
  const { points } = await getMetric(ctx, id, raw);
  const rows = points.map(({ at, value, sample, previous }) => line([at, value, sample, previous]));
  return [line(['from', id, 'sample', 'compared_with']), ...rows].join('');
}

/** The facts behind a figure as CSV, the newest 10,000. @throws AppError not_found | forbidden */
export async function metricRowsCsv(ctx: Ctx, id: string, raw: Scope = {}): Promise<string> {
  const rows = await metricRowsUpTo(ctx, requireMetric(id), raw, { limit: MOST_ROWS, offset: 0 });
  const lines = rows.map(({ at, address, label, num, den }) =>
    line([at, address, label, num, den]),
  );
  return [line(['at', 'product', 'what', 'num', 'den']), ...lines].join('');
}

/**
 * The figures of the last 30 days of the mesh and of each domain, for Prometheus (text exposition format 0.0.4). A figure
 * that rests on too little is left out.
 */
export async function prometheusText(ctx: Ctx): Promise<string> {
  const scope = await scopeOf(ctx, {});
  const period = periodOf('30d');
  const families: string[] = [];
  for (const metric of METRICS) {
    const { value, parts } = await figuresOf(metric, scope, period);
    const name = `portolan_${metric.id}`;
    const sample = (labels: string, figure: number | null) =>
      figure === null ? [] : [`${name}{${labels}} ${figure}`];
    families.push(
      [
        `# HELP ${name} ${metric.definition.replaceAll('\\', '\\\\').replaceAll('\n', ' ')}`,
        `# TYPE ${name} gauge`,
        ...sample('scope="mesh"', value),
        // Names of domains need no escape: they are slugs.
        ...parts.flatMap(({ address, value: part }) =>
          sample(`scope="domain",domain="${address}"`, part),
        ),
      ].join('\n'),
    );
  }
  return `${families.join('\n')}\n`;
}
