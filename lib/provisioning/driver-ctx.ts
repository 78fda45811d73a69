import { db, notFound } from '@/lib/core';
import { type DriverCtx, type DriverProduct, olderVersion, type PlanFacts } from '@/lib/platform';
import type { Classification, DataProduct } from '@/lib/specs';
import { handlingOf } from './handling';
import { logLine } from './journal';
import type { RunDeps } from './run-deps';

/** The product as it is in the environment: an older version has its own contract. */
async function loadDriverProduct(productId: string, environment: string): Promise<DriverProduct> {
  const [row, older] = await Promise.all([
    db().product.findUnique({
      where: { id: productId },
      include: { domain: { select: { name: true } } },
    }),
    olderVersion(productId, environment),
  ]);
  if (!row) throw notFound('The product');
  return {
    id: row.id,
    domainId: row.domainId,
    domain: row.domain.name,
    name: row.name,
    title: row.title,
    ownerId: row.ownerId,
    classification: row.classification as Classification,
    descriptor: (older?.descriptor ?? row.descriptor) as unknown as DataProduct,
  };
}

async function factsOf(product: DriverProduct, environment: string): Promise<PlanFacts> {
  const [pipeline, ruleCount] = await Promise.all([
    db().pipeline.findUnique({ where: { productId: product.id } }),
    db().qualityRule.count({ where: { productId: product.id, isEnabled: true } }),
  ]);
  return {
    domain: product.domain,
    name: product.name,
    environment,
    classification: product.classification,
    ...(await handlingOf(product.domain, product.classification)),
    source: sourceOf(pipeline?.spec),
    fieldCount: product.descriptor.spec.schema.length,
    ruleCount,
    schedule: pipeline?.schedule ?? 'manual',
    access: product.descriptor.spec.access ?? [],
  };
}

function sourceOf(spec: unknown): PlanFacts['source'] {
  const extract = (spec as { extract?: { kind?: string; label?: string } } | undefined)?.extract;
  const kind = extract?.kind;
  return {
    kind: kind === 'product' || kind === 'sql' ? kind : 'upload',
    label: extract?.label ?? 'the source',
  };
}

interface RunPart {
  runId: string;
  environment: string;
  step: string;
  signal: AbortSignal;
}

/** What `undo` gets: enough to find and remove what a run made. */
export async function undoCtx(
  productId: string,
  part: RunPart,
  deps: RunDeps,
): Promise<Omit<DriverCtx, 'facts'>> {
  return {
    product: await loadDriverProduct(productId, part.environment),
    environment: part.environment,
    runId: part.runId,
    signal: part.signal,
    services: deps.services,
    log: (message, level) => logLine(part.runId, part.step, message, level),
    checkpoint: (name) => deps.checkpoint(`${part.step}:${name}`),
  };
}

/** What a driver's methods get for one step of one run. */
export async function driverCtx(
  productId: string,
  part: RunPart,
  deps: RunDeps,
): Promise<DriverCtx> {
  const ctx = await undoCtx(productId, part, deps);
  return { ...ctx, facts: await factsOf(ctx.product, part.environment) };
}
