import { AppError, type Ctx, isAppError } from '@/lib/core';
import type { ReadTable } from '@/lib/platform/sandbox';
import { type OpenTable, openTable, type QueryPort } from '@/lib/serving';
import { LIMITS } from './limits';

interface Refused {
  product: string;
  error: AppError;
}

/**
 * What each table of a statement is. Every product is decided, so that somebody who lacks two hears of both.
 * @throws AppError not_found | forbidden | gone | unavailable, with `line` and what to ask for (`refused`)
 */
export async function openTables(
  ctx: Ctx,
  tables: readonly ReadTable[],
  port: QueryPort,
): Promise<OpenTable[]> {
  if (tables.length > LIMITS.products) {
    throw new AppError(
      'invalid',
      `The statement reads ${tables.length} products. Read at most ${LIMITS.products} together.`,
    );
  }
  const opened: OpenTable[] = [];
  const refused: Refused[] = [];
  for (const { schema, table, line } of tables) {
    try {
      opened.push(await openTable(ctx, { domain: schema, name: table }, port));
    } catch (error) {
      if (!isAppError(error)) throw error;
      const product = `${schema}/${table}`;
      const details = { ...error.details, ...(line && { line }) };
      refused.push({ product, error: new AppError(error.code, error.message, details) });
    }
  }
  const [first] = refused;
  if (!first) return opened;
  const told = refused.map(({ product, error }) => ({
    ...{ product, message: error.message },
    ...(error.code === 'forbidden' && { href: `/products/${product}/access` }),
  }));
  const message =
    refused.length === 1
      ? first.error.message
      : told.map((one) => `${one.product}: ${one.message}`).join(' ');
  throw new AppError(first.error.code, message, { ...first.error.details, refused: told });
}
