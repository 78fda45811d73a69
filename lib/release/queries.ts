import { type Ctx, can, db, notFound } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { lifecycleGates } from '@/lib/provisioning';

const iso = (at: Date | null) => at?.toISOString() ?? null;
const TEST_RUNS = 80;

/**
 * Where a product stands, what each gate finds now, its releases, and what its consumers were told.
 * @throws AppError unauthenticated | forbidden | not_found
 */
export async function productLifecycle(ctx: Ctx, productId: string) {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const product = await db().product.findUnique({
    where: { id: productId },
    include: {
      environments: true,
      releases: { orderBy: { number: 'desc' }, take: 50 },
      runs: { orderBy: { createdAt: 'desc' }, take: 1 },
      pipeline: { select: { spec: true } },
    },
  });
  if (!product) throw notFound('The product');
  const production = product.environments.find((one) => one.environment === 'production');
  const staging = product.environments.find((one) => one.environment === 'staging');
  const successor = product.successorId
    ? await db().product.findUnique({
        where: { id: product.successorId },
        select: { name: true, domain: { select: { name: true } } },
      })
    : null;
  const candidate = staging?.candidate as { etl?: unknown } | null | undefined;
  const [last] = product.runs;
  const mayOperate = can(ctx, 'product.operate', product);
  return {
    status: product.status,
    gates: (await lifecycleGates(productId)).map((gate) => ({
      ...gate,
      // Findings quote the data, so they are for those who operate the product.
      checks: gate.checks.map((check) => (mayOperate ? check : { ...check, findings: [] })),
    })),
    isStaged: staging?.status === 'live',
    isLive: production?.status === 'live',
    releases: product.releases.map((one) => ({
      id: one.id,
      number: one.number,
      version: one.version,
      createdAt: one.createdAt.toISOString(),
      isServed: one.id === production?.releaseId,
      /** What a rollback without a choice goes back to. */
      isBlue: one.id !== production?.releaseId && one.lastSnapshotId !== null,
    })),
    lastRun:
      last && mayOperate
        ? { id: last.id, kind: last.kind, status: last.status, error: last.error }
        : null,
    deprecation: product.deprecatedAt && {
      at: product.deprecatedAt.toISOString(),
      sunsetAt: iso(product.sunsetAt),
      note: product.deprecationNote,
      successor: successor && `${successor.domain.name}/${successor.name}`,
    },
    sql: mayOperate ? (sqlOf(candidate?.etl) ?? sqlOf(product.pipeline?.spec)) : null,
    can: { operate: mayOperate, retire: can(ctx, 'product.retire', product) },
  };
}
export type ProductLifecycle = Awaited<ReturnType<typeof productLifecycle>>;

/** The transformation, for whoever may change it in a candidate. */
function sqlOf(spec: unknown): string | null {
  const extract = (spec as { extract?: { kind?: string; sql?: string } } | null)?.extract;
  return extract?.kind === 'sql' ? (extract.sql ?? null) : null;
}

/** Runs of the suites with every result, newest first, at most 80. @throws AppError as `productLifecycle` */
export async function listTestRuns(ctx: Ctx, productId: string) {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const product = await db().product.findUnique({
    where: { id: productId },
    select: { domainId: true, ownerId: true },
  });
  // Messages and differing rows quote values of the data.
  const mayOperate = product !== null && can(ctx, 'product.operate', product);
  const runs = await db().testRun.findMany({
    where: { productId },
    orderBy: { startedAt: 'desc' },
    take: TEST_RUNS,
    include: { results: { orderBy: { ordinal: 'asc' } } },
  });
  return runs.map(({ results, ...run }) => ({
    id: run.id,
    runId: run.runId,
    version: run.version,
    suite: run.suite,
    status: run.status,
    summary: run.summary,
    startedAt: run.startedAt.toISOString(),
    finishedAt: iso(run.finishedAt),
    results: mayOperate
      ? results.map(({ name, status, message, detail }) => ({ name, status, message, detail }))
      : [],
  }));
}
export type TestRunRow = Awaited<ReturnType<typeof listTestRuns>>[number];

/** The sample rows of the unit suite. @throws AppError not_found | forbidden */
export async function listSamples(ctx: Ctx, productId: string) {
  const product = await db().product.findUnique({
    where: { id: productId },
    select: { domainId: true, ownerId: true },
  });
  if (!product || !can(ctx, 'product.operate', product)) return [];
  const samples = await db().transformationSample.findMany({
    where: { productId },
    orderBy: { name: 'asc' },
    take: 50,
  });
  return samples.map(({ name, inputs, expected }) => ({ name, inputs, expected }));
}
export type SampleView = Awaited<ReturnType<typeof listSamples>>[number];
