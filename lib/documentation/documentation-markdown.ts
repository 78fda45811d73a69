import { type Ctx, isAppError } from '@/lib/core';
import { openRows, type ProductPage, productPage } from '@/lib/serving';
import { boundedQuery, examplesIn, MAX_EXAMPLES, partsOf, SAMPLE_QUERY } from './parts';
import { printMarkdown, type RowsRead } from './print-markdown';
import { productDocumentation } from './product-documentation';

const TIME_MS = 10_000;

/**
 * One Markdown file: the producer's words with every generated part filled in, and rows as far as the caller may read
 * them (each read is decided and recorded).
 * @throws AppError unauthenticated | forbidden | not_found
 */
export async function documentationMarkdown(
  ctx: Ctx,
  domain: string,
  name: string,
): Promise<string> {
  const page = await productPage(ctx, domain, name);
  const documentation = await productDocumentation(ctx, page.id);
  const { text, examples } = documentation;
  const hasSamples = partsOf(text).some(
    (part) => part.kind === 'generated' && part.name === 'samples',
  );
  const broken = new Set(
    examples.flatMap(({ query, state }) => (state === 'fails' ? [query] : [])),
  );
  const wanted = examplesIn(text)
    .slice(0, MAX_EXAMPLES)
    .filter((query) => !broken.has(query));
  const signal = AbortSignal.timeout(TIME_MS);
  const rows = new Map<string, RowsRead>();
  for (const query of [...(hasSamples ? [SAMPLE_QUERY] : []), ...wanted]) {
    const read = await readRows(ctx, page, query, signal);
    rows.set(query, read);
    // Who may not read one of them may not read any: one refusal is recorded, not eleven.
    if ('refusal' in read && read.isDenied) {
      for (const other of wanted) rows.set(other, read);
      break;
    }
  }
  return printMarkdown({ page, documentation, rows });
}

async function readRows(
  ctx: Ctx,
  { domain, name }: ProductPage,
  query: string,
  signal: AbortSignal,
): Promise<RowsRead> {
  try {
    const request = { domain, product: name, query: boundedQuery(query), signal };
    const { body } = await openRows(ctx, { ...request, format: 'json' });
    const answer = JSON.parse(String(body)) as {
      rows: Record<string, unknown>[];
      columns: { name: string }[];
    };
    return { rows: answer.rows, columns: answer.columns.map((column) => column.name) };
  } catch (error) {
    if (signal.aborted) return { refusal: 'The rows took too long to read.', isDenied: false };
    if (!isAppError(error)) throw error;
    const isDenied = error.code === 'forbidden' || error.code === 'unauthenticated';
    return { refusal: error.message, isDenied };
  }
}
