import { beforeCommit, type Ctx, type Tx } from '@/lib/core';
import { appendAudit, viaPrisma } from './append';
import { type AuditEntry, type AuditInput, toEntry } from './event';

interface Buffered {
  entries: AuditEntry[];
  chain?: number;
}
const buffers = new WeakMap<object, Buffered>();

/**
 * Says what the transaction did. Rows are written as its last work, so that a chain is held only for
 * the commit; a transaction that rolls back leaves none.
 */
export function audit(tx: Tx, ctx: Ctx, input: AuditInput): void {
  const buffer = buffers.get(tx) ?? { entries: [] };
  buffers.set(tx, buffer);
  buffer.entries.push(toEntry(ctx, input));
  if (buffer.entries.length > 1) return;
  beforeCommit(tx, async (inner) => {
    const entries = buffer.entries.splice(0);
    buffer.chain = await appendAudit(viaPrisma(inner), entries, buffer.chain);
  });
}
