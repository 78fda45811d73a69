import { db, notFound } from '@/lib/core';
import { contractAt, type DriverCtx, type DriverProduct, type PlanFacts } from '@/lib/platform';
import type { Classification, DataProduct } from '@/lib/specs';
import { handlingOf } from './handling';
import { logLine } from './journal';
import type { RunDeps } from './run-deps';

/** The product as it is in the environment: a candidate and an older version have their own contract. */
export async function loadDriverProduct(
  productId: string,
  environment: string,
): Promise<DriverProduct> {
  const [row, own] = await Promise.all([
    db().product.findUnique({
      where: { id: productId },
      include: { domain: { select: { name: true } } },
    }),
    contractAt(productId, environment),
  ]);
  if (!row) throw notFound('The product');
  const descriptor = own.descriptor ?? (row.descriptor as unknown as DataProduct);
  return {
    id: row.id,
    domainId: row.domainId,
    domain: row.domain.name,
    name: row.name,
    title: row.title,
    ownerId: row.ownerId,
    classification: (descriptor.spec.classification ?? row.classification) as Classification,
    descriptor,
  };
}

async function factsOf(product: DriverProduct, environment: string): Promise<PlanFacts> {
  const [pipeline, ruleCount, own] = await Promise.all([
    db().pipeline.findUnique({ where: { productId: product.id } }),
    db().qualityRule.count({ where: { productId: product.id, isEnabled: true } }),
    contractAt(product.id, environment),
  ]);
  return {
    domain: product.domain,
    name: product.name,
    environment,
    classification: product.classification,
    ...(await handlingOf(product.domain, product.classification)),
    source: sourceOf(own.etl ?? pipeline?.spec),
    fieldCount: product.descriptor.spec.schema.length,
    ruleCount: own.descriptor ? (own.descriptor.spec.quality ?? []).length : ruleCount,
    schedule: own.etl?.schedule ?? pipeline?.schedule ?? 'manual',
    access: product.descriptor.spec.access ?? [],
  };
}

/** What a plan of a product that exists is made from. @throws AppError not_found */
export const planFacts = async (productId: string, environment: string): Promise<PlanFacts> =>
  factsOf(await loadDriverProduct(productId, environment), environment);

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
  candidateId?: string | null;
  signal: AbortSignal;
}

/** What `undo` gets: enough to find and remove what a run made. */
export async function undoCtx(
  productId: string,
  part: RunPart,
  deps: RunDeps,
): Promise<Omit<DriverCtx, 'facts'>> {
  return {
    // What is brought to production is the candidate, while it still stands in staging.
    product: await loadDriverProduct(productId, part.candidateId ? 'staging' : part.environment),
    environment: part.environment,
    runId: part.runId,
    candidateId: part.candidateId ?? null,
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
