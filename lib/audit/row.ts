import type { AuditEntry } from './event';

export interface AuditRow {
  id: string;
  chain: number;
  seq: string;
  at: string;
  kind: string;
  action: string;
  actor: { type: string; id: string | null; label: string };
  decision: 'allow' | 'deny' | null;
  target: { type: string; id: string } | null;
  domainId: string | null;
  domain: string | null;
  productId: string | null;
  /** `domain/name`, while the product's row exists. */
  product: string | null;
  requestId: string | null;
  detail: Record<string, unknown>;
  prevHash: string;
  hash: string;
}
export interface Stored extends Omit<AuditEntry, 'detail'> {
  chain: number;
  seq: string;
  detail: Record<string, unknown>;
  prevHash: Buffer;
  hash: Buffer;
  productName: string | null;
  productDomain: string | null;
  domainName: string | null;
}

/** The columns of `Stored` beside those of the table, and where they come from; `page` is the table. */
export const NAMES = `p.name as "productName", pd.name as "productDomain", d.name as "domainName"`;
export const NAMES_OF = `left join product p on p.id = page."productId"
  left join domain pd on pd.id = p."domainId"
  left join domain d on d.id = page."domainId"`;

export function toRow(row: Stored): AuditRow {
  const { id, chain, seq, kind, action, decision, domainId, productId, requestId, detail } = row;
  return {
    id,
    chain,
    seq,
    at: row.at.toISOString(),
    kind,
    action,
    actor: { type: row.actorType, id: row.actorId, label: row.actorLabel },
    decision,
    target: row.targetType && row.targetId ? { type: row.targetType, id: row.targetId } : null,
    domainId,
    domain: row.domainName,
    productId,
    product: row.productName && `${row.productDomain}/${row.productName}`,
    requestId,
    detail,
    prevHash: row.prevHash.toString('hex'),
    hash: row.hash.toString('hex'),
  };
}
