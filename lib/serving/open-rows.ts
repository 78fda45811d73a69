import type { Readable } from 'node:stream';
import { type Ctx, HTTP_STATUS, isAppError } from '@/lib/core';
import { optOuts } from '@/lib/platform';
import { decideRead, findProduct, narrowedTo, requireReader } from './decide-read';
import { versionHeaders } from './deprecation-headers';
import { etagOf, isNotModified } from './etag';
import { goingOn } from './going-on';
import { missing } from './missing';
import { CONTENT_TYPES, negotiateFormat } from './negotiate';
import { parseRowsQuery } from './parse-query';
import type { Reading } from './reading';
import { requireLive, type ServedProduct } from './resolve';
import { selectSnapshot, wantedOf } from './select-snapshot';
import { serveFile } from './serve-file';
import { servePage } from './serve-page';
import { serveStream } from './serve-stream';
import type { RowFormat, RowsQuery } from './types';
import { recordUsage } from './usage';

export interface RowsRequest {
  domain: string;
  product: string;
  /** The query string without its question mark. */
  query: string;
  /** From the address's suffix; otherwise `accept` decides. */
  format?: RowFormat;
  accept?: string;
  ifNoneMatch?: string;
  isHead?: boolean;
  /** Aborted when the client leaves: ends the scan. */
  signal: AbortSignal;
}

export interface RowsResponse {
  status: 200 | 304;
  headers: Record<string, string>;
  body: Buffer | Readable | null;
}

const SERVE: Record<RowFormat, (reading: Reading) => Promise<Buffer | Readable>> = {
  json: servePage,
  ndjson: serveStream,
  csv: serveStream,
  parquet: serveFile,
};

/**
 * The one read path (DESIGN §5): resolve → decide → compile → scan → stream, with the decision durable
 * before the first byte and a usage event after the last.
 * @throws AppError unauthenticated | forbidden | not_found | gone | unavailable | invalid | rate_limited
 */
export async function openRows(ctx: Ctx, request: RowsRequest): Promise<RowsResponse> {
  const startedAt = performance.now();
  requireReader(ctx);
  const wanted = wantedOf(request.query);
  const product = await findProduct(ctx, request.domain, request.product, wanted.version);
  let decisionId: string | null = null;
  let format: RowFormat = request.format ?? 'json';
  const isStaging = wanted.environment === 'staging';
  let shown = product;
  let columns: string[] = [];
  let isDone = false;
  const note = (status: number, rowCount: number, sizeBytes: number) => {
    if (isDone) return;
    isDone = true;
    // What producers try in staging is no use of the product, and counts for no objective.
    if (isStaging) return;
    const latencyMs = performance.now() - startedAt;
    const facts = { productId: product.id, shape: 'rows', format, latencyMs, decisionId } as const;
    recordUsage(ctx, { ...facts, status, rowCount, sizeBytes, columns, version: shown.version });
  };
  try {
    if (!isStaging) requireLive(product);
    const decision = await decideRead(ctx, product, wanted.environment);
    decisionId = decision.id;
    format = request.format ?? negotiateFormat(request.accept);
    shown = await narrowedTo(await selectSnapshot(product, wanted), decision.terms);
    const query = parseRowsQuery(request.query, format, shown.columns);
    columns = columnsAsked(query, shown.columns.size);
    const etag = etagOf(shown.snapshot?.id ?? '', query, (await optOuts()).mark, shown.narrowed);
    const headers = headersOf(shown, query, etag, decisionId);
    if (isNotModified(request.ifNoneMatch, etag)) {
      note(304, 0, 0);
      return { status: 304, headers, body: null };
    }
    if (request.isHead) {
      note(200, 0, 0);
      return { status: 200, headers, body: null };
    }
    const { signal } = request;
    const done: Reading['done'] = ({ rowCount, sizeBytes, status = 200 }) =>
      note(status, rowCount, sizeBytes);
    const mayGoOn = goingOn(ctx, product, wanted.environment, decision.terms);
    const body = await SERVE[format]({ product: shown, query, headers, signal, done, mayGoOn });
    return { status: 200, headers, body };
  } catch (error) {
    decisionId ??= decisionOf(error);
    const told = await missing(error, shown, wanted.version);
    note(request.signal.aborted ? 499 : isAppError(told) ? HTTP_STATUS[told.code] : 500, 0, 0);
    throw told;
  }
}

/** What a reader used of the columns, to know later whom a change hits; empty means all of them. */
function columnsAsked({ select, filters, order }: RowsQuery, all: number): string[] {
  if (select.length === all) return [];
  const names = [
    ...select.map((field) => field.name),
    ...filters.flatMap(({ any }) => any.map((condition) => condition.column)),
    ...order.map((key) => key.column),
  ];
  return [...new Set(names)];
}

/** A refusal names the decision that it stands on. */
function decisionOf(error: unknown): string | null {
  const id = isAppError(error) ? error.details.decisionId : null;
  return typeof id === 'string' ? id : null;
}

function headersOf(
  product: ServedProduct,
  query: RowsQuery,
  etag: string,
  decisionId: string | null,
): Record<string, string> {
  const { format } = query;
  const file = `${product.domain}-${product.name}.${format}`;
  const isAttachment = query.isDownload || format !== 'json';
  return {
    'content-type': CONTENT_TYPES[format],
    etag,
    'cache-control': 'private, no-cache',
    vary: 'Accept, Authorization, Cookie',
    'x-portolan-snapshot': product.snapshot?.id ?? '',
    ...versionHeaders(product),
    ...(decisionId && { 'x-portolan-decision': decisionId }),
    ...(isAttachment && { 'content-disposition': `attachment; filename="${file}"` }),
  };
}
