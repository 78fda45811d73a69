import { createHash } from 'node:crypto';
import { actorLabel, type Ctx, newId, now } from '@/lib/core';

/** What a caller says happened; the actor, the request and the time are added from the context. */
export interface AuditInput {
  /** `product.provision`: the module's noun, then what was done. */
  action: string;
  target?: { type: string; id: string };
  domainId?: string;
  productId?: string;
  /** Small, plain JSON. Never a password, a token or a row of data. */
  detail?: Record<string, unknown>;
}

export interface AuditEntry {
  id: string;
  at: Date;
  kind: 'verb' | 'decision' | 'system';
  action: string;
  actorType: string;
  actorId: string | null;
  actorLabel: string;
  decision: 'allow' | 'deny' | null;
  targetType: string | null;
  targetId: string | null;
  domainId: string | null;
  productId: string | null;
  requestId: string | null;
  detail: Json;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What Postgres cannot hold in text or jsonb (NUL, half a surrogate pair) is replaced. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

function plain(value: Json): Json {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  // Sorted keys: jsonb does not keep their order, the hash must not depend on it.
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [storable(key), plain(value[key]!)]));
}

function toJson(value: unknown): Json {
  const text = JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? inner.toString() : inner,
  );
  return text === undefined ? null : plain(JSON.parse(text) as Json);
}

export function toEntry(
  ctx: Ctx,
  input: AuditInput,
  decision: AuditEntry['decision'] = null,
): AuditEntry {
  const { actor } = ctx;
  const text = (value: string | undefined) => (value === undefined ? null : storable(value));
  return {
    id: newId(),
    at: now(),
    kind: decision ? 'decision' : actor.type === 'system' ? 'system' : 'verb',
    action: storable(input.action),
    actorType: actor.type,
    actorId: actor.type === 'user' ? actor.id : null,
    actorLabel: storable(actorLabel(actor)),
    decision,
    targetType: text(input.target?.type),
    targetId: text(input.target?.id),
    domainId: text(input.domainId),
    productId: text(input.productId),
    requestId: text(ctx.requestId),
    detail: toJson(input.detail ?? {}),
  };
}

/**
 * The row as text, the same on every machine: a JSON array of chain, seq, id, at (ISO, UTC, ms),
 * kind, action, actorType, actorId, actorLabel, decision, targetType, targetId, domainId, productId,
 * requestId and detail with its keys sorted at every depth. No spaces.
 */
function canonical(chain: number, seq: bigint, row: AuditEntry): string {
  return JSON.stringify([
    chain,
    seq.toString(),
    row.id,
    row.at.toISOString(),
    row.kind,
    row.action,
    row.actorType,
    row.actorId,
    row.actorLabel,
    row.decision,
    row.targetType,
    row.targetId,
    row.domainId,
    row.productId,
    row.requestId,
    plain(row.detail),
  ]);
}

/** The hash before the first row of every chain: 32 zero bytes. */
export const GENESIS = Buffer.alloc(32);

/** SHA-256 over the previous row's hash (32 bytes) followed by the row's canonical text in UTF-8. */
export function hashEvent(prevHash: Uint8Array, chain: number, seq: bigint, row: AuditEntry) {
  return createHash('sha256')
    .update(prevHash)
    .update(canonical(chain, seq, row))
    .digest();
}

export interface ChainHead {
  chain: number;
  seq: string;
  /** Hexadecimal. */
  hash: string;
}

/** As for events, over `[seq, at, [[chain, seq, hash], …]]` with the chains in ascending order. */
export function hashCheckpoint(
  prevHash: Uint8Array,
  seq: bigint,
  at: Date,
  heads: readonly ChainHead[],
) {
  const ordered = [...heads].sort((a, b) => a.chain - b.chain);
  const text = JSON.stringify([
    seq.toString(),
    at.toISOString(),
    ordered.map((head) => [head.chain, head.seq, head.hash]),
  ]);
  return createHash('sha256').update(prevHash).update(text).digest();
}
