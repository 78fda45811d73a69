import { audit } from '@/lib/audit';
import { requireUser } from '@/lib/auth';
import { AppError, type Ctx, newId, now, transact } from '@/lib/core';
import type { ReadTable } from '@/lib/platform/sandbox';
import { type OpenTable, type QueryPort, recordUsage } from '@/lib/serving';
import { LIMITS, MAX_RUN_MS } from './limits';
import { openTables } from './open-tables';

const KEPT_RUNS = 200;

export interface RunOutcome {
  /** The HTTP status that was answered; 499 when the client left. */
  status: number;
  /** The error's code; null when it went well. */
  error: string | null;
  rowCount: number;
  sizeBytes: number;
}

/** One run of a statement: begun in the history, audited when it may read, ended once. */
export class QueryRun {
  readonly id = newId();
  private readonly startedAt = performance.now();
  private reads: { read: ReadTable; opened: OpenTable }[] = [];
  private isEnded = false;

  private constructor(
    private readonly ctx: Ctx,
    private readonly sql: string,
    private readonly format: string,
  ) {}

  /** @throws AppError rate_limited when the person has as many running as they may */
  static async begin(ctx: Ctx, sql: string, format: string): Promise<QueryRun> {
    const run = new QueryRun(ctx, sql, format);
    const userId = requireUser(ctx).id;
    const at = now();
    await transact(async (tx) => {
      // A person's runs are counted one after the other, so that the limit holds over all web processes.
      await tx.$executeRaw`select 1 from "user" where id = ${userId} for update`;
      const since = new Date(at.getTime() - MAX_RUN_MS);
      const where = { userId, status: 'running', startedAt: { gt: since } };
      if ((await tx.queryRun.count({ where })) >= LIMITS.perPerson) {
        throw new AppError(
          'rate_limited',
          `${LIMITS.perPerson} of your queries are running. Wait for one to end, or cancel it.`,
          { retryAfterS: 5 },
        );
      }
      const data = { id: run.id, userId, sql, format, status: 'running', startedAt: at };
      await tx.queryRun.create({ data });
      await tx.$executeRaw`delete from query_run where "userId" = ${userId} and id <
        (select id from query_run where "userId" = ${userId} order by id desc offset ${KEPT_RUNS} limit 1)`;
    });
    return run;
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt;
  }

  get products(): OpenTable['product'][] {
    return this.reads.map(({ opened }) => opened.product);
  }

  /** Asked before each piece is sent. @throws AppError forbidden when a right was taken away meanwhile */
  async mayGoOn(): Promise<void> {
    for (const { opened } of this.reads) await opened.mayGoOn();
  }

  /** Every table decided; what was asked and what it stands on is durable before the first row is read. */
  async open(tables: readonly ReadTable[], port: QueryPort): Promise<OpenTable[]> {
    const opened = await openTables(this.ctx, tables, port);
    this.reads = opened.map((one, at) => ({ read: tables[at]!, opened: one }));
    const products = opened.map(({ product }) => `${product.domain}/${product.name}`);
    await transact(async (tx) => {
      await tx.queryRun.updateMany({ where: { id: this.id }, data: { products } });
      audit(tx, this.ctx, {
        action: 'query.run',
        target: { type: 'query_run', id: this.id },
        detail: {
          ...{ statement: this.sql, format: this.format, products },
          decisions: opened.map(({ decisionId }) => decisionId),
        },
      });
    });
    return opened;
  }

  /** The first call counts. */
  async end(outcome: RunOutcome): Promise<void> {
    if (this.isEnded) return;
    this.isEnded = true;
    const { elapsedMs } = this;
    const { status, error, rowCount, sizeBytes } = outcome;
    for (const { read, opened } of this.reads) this.noteUse(read, opened, outcome);
    const ending = status === 499 ? 'cancelled' : error ? 'failed' : 'done';
    await transact(async (tx) => {
      await tx.queryRun.updateMany({
        where: { id: this.id, status: 'running' },
        data: { status: ending, error, rowCount, elapsedMs, finishedAt: now() },
      });
      audit(tx, this.ctx, {
        action: 'query.end',
        target: { type: 'query_run', id: this.id },
        detail: {
          ...{ status: ending, rows: rowCount, bytes: sizeBytes, elapsedMs: Math.round(elapsedMs) },
          ...(error && { error }),
          // What never came to be decided was not written down yet.
          ...(this.reads.length === 0 && { statement: this.sql }),
        },
      });
    });
  }

  private noteUse({ columns }: ReadTable, { product, decisionId }: OpenTable, how: RunOutcome) {
    const known = new Map([...product.columns.keys()].map((name) => [name.toLowerCase(), name]));
    const named = (columns ?? []).flatMap((name) => known.get(name) ?? []);
    recordUsage(this.ctx, {
      ...{ productId: product.id, shape: 'query', format: this.format, decisionId },
      ...{ status: how.status, rowCount: how.rowCount, sizeBytes: how.sizeBytes },
      ...{ latencyMs: this.elapsedMs, version: product.version, columns: named },
    });
  }
}
