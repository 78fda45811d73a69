import { z } from 'zod';
import { db, transact, unavailable } from '@/lib/core';
import { readSnapshot } from '../../snapshots/read';
import { type DriverCtx, defineDriver } from '../define-driver';

const FORMATS = ['json', 'ndjson', 'csv', 'parquet'] as const;
const config = z.looseObject({ formats: z.array(z.string()).default([...FORMATS]) });

interface Port {
  name: string;
  type: string;
  path: string;
  formats: readonly string[];
}

/** The spec's output ports; a product that names none gets `rows`. */
function portsOf(ctx: Pick<DriverCtx, 'product'>, formats: readonly string[]): Port[] {
  const base = `/api/v1/data/${ctx.product.domain}/${ctx.product.name}`;
  const declared = ctx.product.descriptor.spec.outputPorts ?? [];
  const named = declared.length > 0 ? declared : [{ name: 'rows', type: 'rest_api' }];
  return [
    ...named.map((port) => ({
      name: port.name,
      type: port.type,
      path: `${base}/rows`,
      formats: 'formats' in port && port.formats ? port.formats : formats,
    })),
    { name: 'metadata', type: 'rest_api', path: `${base}/metadata`, formats: ['json'] },
  ];
}

async function servedSnapshot(productId: string, environment: string): Promise<string | null> {
  const row = await db().productEnvironment.findUnique({
    where: { productId_environment: { productId, environment } },
    select: { snapshotId: true },
  });
  return row?.snapshotId ?? null;
}

/** What this run serves in the end: the tested snapshot that it promotes, or the one that it loaded. */
async function snapshotOfRun(ctx: DriverCtx): Promise<string | null> {
  if (ctx.candidateId) return ctx.candidateId;
  const { environment, runId } = ctx;
  const loaded = await db().snapshot.findFirst({
    where: { productId: ctx.product.id, environment, runId, status: 'ready' },
    orderBy: { number: 'desc' },
  });
  return loaded?.id ?? null;
}

/** Rows over HTTP: the environment points at a snapshot, and the read path answers for its ports. */
export const restApi = defineDriver({
  kind: 'rest-api',
  capability: 'serving',
  title: 'Rows over HTTP',
  provider: 'portolan',
  provides: ['rest_api', 'rest-api', 'api-gateway'],
  config,
  health: async () => ({ ok: true }),

  plan: (facts, { formats }) => [
    {
      action: 'register',
      what: `Output port /api/v1/data/${facts.domain}/${facts.name}/rows`,
      detail: formats.join(', '),
    },
    { action: 'register', what: `Metadata at /api/v1/data/${facts.domain}/${facts.name}/metadata` },
  ],

  async apply(ctx, { formats }) {
    const { id: productId } = ctx.product;
    const { environment } = ctx;
    const snapshotId = await snapshotOfRun(ctx);
    if (!snapshotId) throw unavailable('There is no snapshot to serve yet.');
    // A candidate is switched in at the end, when everything else stands.
    if (!ctx.candidateId) {
      await transact((tx) =>
        tx.productEnvironment.update({
          where: { productId_environment: { productId, environment } },
          data: { snapshotId },
        }),
      );
    }
    await ctx.checkpoint('pointed');
    const ports = portsOf(ctx, formats);
    for (const port of ports) await ctx.log(`Registered port ${port.name}: ${port.path}`);
    return { ports, snapshotId };
  },

  async verify(ctx) {
    const snapshotId = ctx.candidateId ?? (await servedSnapshot(ctx.product.id, ctx.environment));
    if (!snapshotId) throw unavailable('The environment points at no snapshot.');
    const started = performance.now();
    const rows = await readSnapshot(snapshotId, (relation) => `select * from ${relation} limit 1`, {
      signal: ctx.signal,
    });
    const [row] = rows;
    const missing = ctx.product.descriptor.spec.schema.filter(
      (field) => row !== undefined && !Object.hasOwn(row, field.name),
    );
    if (missing.length > 0) {
      throw unavailable(`The port answers without ${missing.map((one) => one.name).join(', ')}.`);
    }
    return `The rows port answers in ${Math.round(performance.now() - started)} ms.`;
  },

  async undo(ctx) {
    await db().productEnvironment.updateMany({
      where: { productId: ctx.product.id, environment: ctx.environment },
      data: { snapshotId: null },
    });
    await ctx.log('Closed the ports.');
  },
});
