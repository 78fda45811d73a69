import { type Ctx, isAppError } from '@/lib/core';
import { decide } from '@/lib/governance';
import type { Narrowing } from '@/lib/platform';
import type { LakeFile } from '@/lib/platform/lake';
import { decideRead, decisionProduct, findProduct, narrowedTo } from './decide-read';
import { goingOn } from './going-on';
import { missing } from './missing';
import { openLimited } from './relation';
import { requireLive, type ServedProduct } from './resolve';

/** Where rows come out, as policies know it (`context.port`). */
export type QueryPort = 'query' | 'download';

/** A product as a table of somebody's statement: what they may read of the snapshot that is served now. */
export interface OpenTable {
  product: ServedProduct;
  decisionId: string;
  files: LakeFile[];
  without: string | null;
  narrowed: Narrowing | null;
  /** Throws forbidden once the reader's right is another. */
  mayGoOn: () => Promise<void>;
}

/**
 * The read path of a product up to its rows: found, live, decided and written down, narrowed by the reader's grant.
 * @throws AppError not_found | forbidden with `decisionId` | gone | unavailable
 */
export async function openTable(
  ctx: Ctx,
  address: { domain: string; name: string },
  port: QueryPort,
): Promise<OpenTable> {
  const found = await findProduct(ctx, address.domain, address.name);
  const snapshot = requireLive(found);
  const { id: decisionId, terms } = await decideRead(ctx, found, 'production', port);
  const product = await narrowedTo(found, terms);
  const mayGoOn = goingOn(ctx, found, 'production', terms, port);
  try {
    return { product, decisionId, mayGoOn, ...(await openLimited(snapshot, product.narrowed)) };
  } catch (error) {
    throw await missing(error, found);
  }
}

/** The columns that the actor would read, without reading: null where nothing may be read. Nothing is written down. */
export async function readableColumns(ctx: Ctx, address: { domain: string; name: string }) {
  try {
    const found = await findProduct(ctx, address.domain, address.name);
    requireLive(found);
    const product = decisionProduct(found);
    const { allow, terms } = await decide(ctx, {
      ...{ action: 'read', product },
      context: { port: 'query' },
    });
    if (!allow) return null;
    const { columns, title } = await narrowedTo(found, terms);
    return { title, columns: [...columns.values()], isNarrowed: terms !== null };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** Why the actor may not take a product's rows away as a file; null when they may. Nothing is written down. */
export async function downloadRefusal(ctx: Ctx, product: ServedProduct): Promise<string | null> {
  const { allow, reason } = await decide(ctx, {
    ...{ action: 'read', product: decisionProduct(product) },
    context: { port: 'download' },
  });
  return allow ? null : reason;
}
