import { escapeHtml, portalUrl } from '@/lib/alerts';
import type { Ctx } from '@/lib/core';
import { listMetrics, type MetricFigures } from '../figures/queries';
import { type Place, placeWords } from '../place';
import { figureText, targetText, tooLittle, trendOf } from '../words';

export interface DigestMail {
  subject: string;
  text: string;
  html: string;
}

const RANGE = { week: '7d', month: '30d' } as const;
const WORDS = { week: '7 days', month: '30 days' } as const;

/** The figures of a week or a month for one person, as text and HTML. @throws AppError not_found | forbidden */
export async function digestMail(
  ctx: Ctx,
  every: 'week' | 'month',
  place: Place,
): Promise<DigestMail> {
  const range = RANGE[every];
  const { period, metrics } = await listMetrics(ctx, { range, ...place });
  const lines = metrics.map(lineOf);
  const missed = lines.filter((line) => line.isMissed);
  const days = `${WORDS[every]} from ${period.from.slice(0, 10)}, beside the ${WORDS[every]} before`;
  const query = new URLSearchParams({ range, ...place }).toString();
  const url = `${portalUrl()}/insight?${query}`;
  const targets = missed.length === 1 ? '1 target missed' : `${missed.length} targets missed`;
  const title = `Insight of ${placeWords(place)}`;
  return {
    subject: missed.length > 0 ? `${title}: ${targets}` : title,
    text: [
      `${title}, ${days}, of what you may find.`,
      missed.length > 0 && `${targets}:\n${missed.map(asText).join('\n')}`,
      lines.map(asText).join('\n'),
      `Open it, and ask how a figure is computed: ${url}`,
    ]
      .filter(Boolean)
      .join('\n\n'),
    html: [
      `<h1 style="font-size:18px">${escapeHtml(title)}</h1>`,
      `<p>${escapeHtml(days)}, of what you may find.</p>`,
      missed.length > 0 && `<p><strong>${targets}:</strong></p>\n${table(missed)}`,
      missed.length > 0 && '<p><strong>Every figure:</strong></p>',
      table(lines),
      `<p><a href="${escapeHtml(url)}">Open it, and ask how a figure is computed</a></p>`,
    ]
      .filter(Boolean)
      .join('\n'),
  };
}

interface Line {
  title: string;
  figure: string;
  /** Change and target, where there are any. */
  notes: string[];
  isMissed: boolean;
}

function lineOf(figures: MetricFigures): Line {
  const { metric, value } = figures;
  const [trend, target] = [trendOf(figures), targetText(figures)];
  const change = trend && trend.text + (trend.way === 'same' ? '' : `, ${trend.way}`);
  return {
    title: metric.title,
    figure: value === null ? tooLittle(figures) : figureText(value, metric.unit),
    notes: [change, target?.text].filter((one) => typeof one === 'string'),
    isMissed: target?.isMet === false,
  };
}

const asText = ({ title, figure, notes }: Line) => `- ${title}: ${[figure, ...notes].join('; ')}`;

const CELL = 'style="padding:4px 12px 4px 0;vertical-align:top;text-align:left"';
const table = (lines: Line[]) => `<table style="border-collapse:collapse">
${lines
  .map(
    ({ title, figure, notes }) =>
      `<tr><th scope="row" ${CELL}>${escapeHtml(title)}</th><td ${CELL}>${escapeHtml(figure)}</td><td ${CELL}>${escapeHtml(notes.join('; '))}</td></tr>`,
  )
  .join('\n')}
</table>`;
