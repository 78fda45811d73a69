import { z } from 'zod';
import { type Ctx, db, invalid, isAppError } from '@/lib/core';
import { readableSnapshot } from '@/lib/platform';
import { describeSql, previewSql } from '@/lib/platform/sandbox';
import { fieldTypeOfDuckdb, identifierSchema } from '@/lib/specs';
import { openDraft } from './draft-author';
import type { DraftField } from './draft-data';
import { requireSourceProduct, type SourceProduct } from './source-products';

export const PreviewSqlInput = z.object({
  draftId: z.string().min(1).max(100),
  sql: z.string().max(100_000),
  inputs: z
    .array(z.object({ alias: identifierSchema, product: z.string().max(200) }))
    .min(1, 'Add at least one product that the statement reads')
    .max(20),
});
export type PreviewSqlInput = z.input<typeof PreviewSqlInput>;

export interface SqlPreviewView {
  columns: { name: string; type: string }[];
  rows: Record<string, unknown>[];
  isTruncated: boolean;
  /** The schema as inferred, ready for the draft. */
  fields: DraftField[];
  elapsedMs: number;
}

type Inputs = readonly { alias: string; product: string }[];

/** SQL names of the inputs with the files of the snapshots that are served now. */
async function sandboxInputs(inputs: Inputs, sources: readonly SourceProduct[]) {
  return Promise.all(
    inputs.map(async ({ alias }, index) => ({
      name: alias,
      ...(await readableSnapshot(sources[index]!.snapshotId, sources[index]!.terms)),
    })),
  );
}

/**
 * The first rows of a transformation. Every input must be readable by the caller, and each decision
 * is written down.
 * @throws AppError invalid with DuckDB's words and `line`; forbidden; not_found; precondition
 */
export async function previewDraftSql(
  ctx: Ctx,
  raw: PreviewSqlInput,
  signal?: AbortSignal,
): Promise<SqlPreviewView> {
  const { draftId, sql, inputs } = PreviewSqlInput.parse(raw);
  await openDraft(db(), ctx, draftId);
  requireDistinct(inputs);
  const sources: SourceProduct[] = [];
  for (const { product } of inputs) sources.push(await requireSourceProduct(ctx, product));
  const started = performance.now();
  const preview = await previewSql({ sql, inputs: await sandboxInputs(inputs, sources), signal });
  return {
    columns: preview.columns,
    rows: preview.rows.map((row) =>
      Object.fromEntries(preview.columns.map(({ name }, at) => [name, row[at]])),
    ),
    isTruncated: preview.isTruncated,
    fields: preview.columns.map(fieldOf),
    elapsedMs: Math.round(performance.now() - started),
  };
}

const fieldOf = ({ name, type }: { name: string; type: string }): DraftField => ({
  name,
  sourceName: name,
  ...fieldTypeOfDuckdb(type),
});

/** The schema that a transformation gives over inputs that were looked up before. @throws AppError invalid naming the line */
export async function describeSource(
  source: { sql: string; inputs: Inputs },
  sources: readonly SourceProduct[],
): Promise<DraftField[]> {
  requireDistinct(source.inputs);
  try {
    const inputs = await sandboxInputs(source.inputs, sources);
    const { columns, inputs: read } = await describeSql({ sql: source.sql, inputs });
    const unread = source.inputs.find(({ alias }) => !read.includes(alias));
    if (unread)
      throw invalid(`The statement does not read "${unread.alias}". Use it or remove it.`);
    return columns.map(fieldOf);
  } catch (error) {
    if (!isAppError(error) || typeof error.details.line !== 'number') throw error;
    throw invalid(`Line ${error.details.line}: ${error.message}`);
  }
}

function requireDistinct(inputs: Inputs): void {
  const names = inputs.map(({ alias }) => alias.toLowerCase());
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) throw invalid(`Two inputs are called "${twice}". Rename one.`);
}
