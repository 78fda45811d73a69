import type { ProductPage } from '@/lib/serving';
import { typeText } from '@/lib/specs';
import { GENERATED_TITLES, type Generated, partsOf, SAMPLE_QUERY } from './parts';
import type { ProductDocumentation } from './product-documentation';

export type RowsRead =
  | { columns: string[]; rows: Record<string, unknown>[] }
  /** Why there are none. */
  | { refusal: string; isDenied: boolean };
export interface MarkdownFacts {
  page: ProductPage;
  documentation: ProductDocumentation;
  /** By query, as it stands in the text; the sample rows under `SAMPLE_QUERY`. */
  rows: ReadonlyMap<string, RowsRead>;
}

const MAX_CELL = 80;
const MAX_COLUMNS = 20;

/** Text inside a cell: on one line, its pipes and backslashes escaped. */
const cell = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  const short = text.length > MAX_CELL ? `${text.slice(0, MAX_CELL - 1)}…` : text;
  return short.replaceAll(/\s+/g, ' ').replaceAll(/([\\|<])/g, '\\$1');
};
const prose = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/([\\|<])/g, '\\$1')
    .trim();

function table(headers: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(headers), line(headers.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The whole documentation as one Markdown text, with its generated parts filled in. Pure. */
export function printMarkdown(facts: MarkdownFacts): string {
  const { page, documentation } = facts;
  const parts = partsOf(documentation.text).map((part) => {
    if (part.kind === 'text') return part.text.trim();
    if (part.kind === 'example') return example(facts, part.query);
    const body = PRINT[part.name](facts);
    return part.isAppended ? `## ${GENERATED_TITLES[part.name]}\n\n${body}` : body;
  });
  const head = [
    `# ${prose(page.title)}`,
    prose(page.description),
    `\`${page.domain}/${page.name}\` · version ${page.version} · ${page.classification} · owner ${page.owner}`,
  ];
  return `${[...head, ...parts].join('\n\n')}\n`;
}

function example({ documentation, rows }: MarkdownFacts, query: string): string {
  const block = ['```portolan', query, '```'].join('\n');
  const outcome = documentation.examples.find((one) => one.query === query);
  const broken =
    outcome?.state === 'fails'
      ? `\n\n> This example no longer works: ${prose(outcome.message)}`
      : '';
  return `${block}${broken || `\n\n${rowsTable(rows.get(query))}`}`;
}

function rowsTable(read: RowsRead | undefined): string {
  if (!read) return 'The rows were not read.';
  if ('refusal' in read) return prose(read.refusal);
  if (read.rows.length === 0) return 'No row matches.';
  const shown = read.columns.slice(0, MAX_COLUMNS);
  const more = read.columns.length - shown.length;
  const lines = read.rows.map((row) => shown.map((name) => cell(row[name])));
  return table(shown.map(cell), lines) + (more > 0 ? `\n\nAnd ${more} more columns.` : '');
}

const PRINT: Record<Generated, (facts: MarkdownFacts) => string> = {
  schema: ({ page }) =>
    table(
      ['Column', 'Type', 'Marks', 'Description'],
      page.schema.map((field) => {
        const marks = [field.primaryKey && 'key', field.required && 'required', field.pii && 'PII'];
        return [
          `\`${cell(field.name)}\``,
          cell(typeText(field)),
          marks.filter(Boolean).join(', '),
          prose(field.description ?? ''),
        ];
      }),
    ),
  samples: ({ rows }) => rowsTable(rows.get(SAMPLE_QUERY)),
  quality: ({ page }) => {
    const scores = Object.entries((page.quality?.scores ?? {}) as Record<string, number>);
    if (scores.length === 0) return 'Not measured yet.';
    const rows = scores.map(([dimension, score]) => [cell(dimension), score.toFixed(1)]);
    return `${table(['Dimension', 'Score of 100'], rows)}\n\nMeasured ${page.quality?.measuredAt}.`;
  },
  slo: ({ page }) => {
    const promised = promisedOf(page);
    if (promised.length === 0) return 'This product promises no service level.';
    return table(
      ['Objective', 'Promised'],
      promised.map(({ label, value }) => [label, cell(value)]),
    );
  },
  lineage: ({ page }) => {
    const { inputs, outputs } = page.lineage;
    const list = (addresses: string[], none: string) =>
      addresses.length === 0 ? none : addresses.map((one) => `\`${one}\``).join(', ');
    return `- Made from: ${list(inputs, 'no other product')}\n- Read by: ${list(outputs, 'no other product')}`;
  },
  changelog: ({ documentation }) =>
    documentation.changelog.length === 0
      ? 'Nothing was announced yet.'
      : documentation.changelog
          .map(({ at, text }) => `- ${at.slice(0, 10)}: ${prose(text)}`)
          .join('\n'),
};

const OBJECTIVES = ['availability', 'latency', 'freshness', 'completeness'] as const;

/** The objectives that the contract states, as it states them. */
export function promisedOf({ slo }: Pick<ProductPage, 'slo'>): { label: string; value: string }[] {
  const stated = (slo ?? {}) as Record<string, unknown>;
  return OBJECTIVES.flatMap((key) =>
    stated[key] === undefined
      ? []
      : [{ label: key[0]!.toUpperCase() + key.slice(1), value: String(stated[key]) }],
  );
}
