import { type Ctx, requireCan, transact } from '@/lib/core';
import { audit } from './audit';
import type { AuditFilter } from './filter';
import { readPage } from './read-page';
import type { AuditRow } from './row';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const PAGE = 2000;
const COLUMNS = {
  at: (row) => row.at,
  kind: (row) => row.kind,
  action: (row) => row.action,
  decision: (row) => row.decision,
  actor: (row) => row.actor.label,
  actorId: (row) => row.actor.id,
  targetType: (row) => row.target?.type,
  targetId: (row) => row.target?.id,
  domain: (row) => row.domain,
  product: (row) => row.product,
  productId: (row) => row.productId,
  requestId: (row) => row.requestId,
  detail: (row) => JSON.stringify(row.detail),
  id: (row) => row.id,
  chain: (row) => String(row.chain),
  seq: (row) => row.seq,
  prevHash: (row) => row.prevHash,
  hash: (row) => row.hash,
} satisfies Record<string, (row: AuditRow) => string | null | undefined>;

/** RFC 4180. A cell that a spreadsheet would run as a formula is made text by an apostrophe (OWASP). */
export function csvCell(value: string | null | undefined): string {
  const text = value ?? '';
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * The rows that match, newest first, as chunks of text; reads page after page and never holds the log.
 * That somebody took a copy is itself written down.
 */
export async function exportAudit(
  ctx: Ctx,
  filter: AuditFilter,
  format: ExportFormat,
): Promise<AsyncGenerator<string>> {
  requireCan(ctx, 'audit.read');
  await transact(async (tx) => {
    audit(tx, ctx, { action: 'audit.export', detail: { format, filter } });
  });
  return chunks(filter, format);
}

async function* chunks(filter: AuditFilter, format: ExportFormat): AsyncGenerator<string> {
  if (format === 'csv') yield `${Object.keys(COLUMNS).join(',')}\r\n`;
  const print = (row: AuditRow) =>
    format === 'csv'
      ? `${Object.values(COLUMNS)
          .map((read) => csvCell(read(row)))
          .join(',')}\r\n`
      : `${JSON.stringify(row)}\n`;
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(filter, {
      limit: PAGE,
      after: after ?? undefined,
    });
    if (page.events.length > 0) yield page.events.map(print).join('');
    after = page.nextPage;
  } while (after);
}
