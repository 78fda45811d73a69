import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  invalid,
  newId,
  notFound,
  notify,
  now,
  precondition,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import { identifierSchema, lineSchema } from '@/lib/specs';
import { compileFormula } from './formula';
import { KINDS, shareOf, TITLES } from './promises';
import { floorMinute, WINDOW_NAMES } from './windows';

const MAX_OBJECTIVES = 20;

const id = z.string().min(1).max(100);
export const SaveObjectiveInput = z.object({
  productId: id,
  /** 'availability', …, or the name of a custom one. */
  key: identifierSchema,
  /** The revision that was read, to change one that is there; leave it out to add one. */
  rev: z.coerce.number().pipe(z.int32()).optional(),
  kind: z.enum(KINDS),
  title: lineSchema.max(80).optional(),
  /** In percent. */
  target: z.coerce
    .number('Give a percentage, for example 99.5.')
    .gt(0, 'Promise more than 0%.')
    .max(100, 'A promise ends at 100%.'),
  window: z.enum(WINDOW_NAMES).default('30_days'),
  /** CEL over the metrics of a minute; for custom objectives. */
  formula: z.string().trim().max(2000).optional(),
});
export type SaveObjectiveInput = z.input<typeof SaveObjectiveInput>;
type Wanted = z.output<typeof SaveObjectiveInput>;

/**
 * Adds an objective to a product (completeness, or a formula of one's own), or changes one. What the contract
 * promises is changed in the contract; its window, and shares that it leaves open, are the owner's to choose.
 */
export async function saveObjective(
  ctx: Ctx,
  raw: SaveObjectiveInput,
): Promise<{ id: string; rev: number }> {
  const wanted = SaveObjectiveInput.parse(raw);
  requireFormula(wanted);
  return transact(async (tx) => {
    const product = await editable(tx, ctx, wanted.productId);
    const known = await tx.sloObjective.findUnique({
      where: { productId_key: { productId: product.id, key: wanted.key } },
    });
    const saved =
      wanted.rev === undefined
        ? await add(tx, wanted, known !== null)
        : await change(tx, wanted, known);
    const { key, kind, target, window, formula } = wanted;
    audit(tx, ctx, {
      action: 'slo.save',
      target: { type: 'slo_objective', id: saved.id },
      productId: product.id,
      domainId: product.domainId,
      detail: { key, kind, target, window, ...(formula && { formula }) },
    });
    await notify(tx, 'portolan_product', product.id);
    return saved;
  });
}

function requireFormula({ kind, formula }: Wanted): void {
  if (kind !== 'custom') return;
  const problem = formula
    ? compileFormula(formula).problem
    : 'Write a formula, for example rowCount > 1000.';
  if (problem) throw invalid(problem, { formula: problem });
}

async function editable(tx: Tx, ctx: Ctx, productId: string) {
  const product = await tx.product.findUnique({
    where: { id: productId },
    select: { id: true, domainId: true, ownerId: true, slo: { select: { isLive: true } } },
  });
  if (!product) throw notFound('This product');
  const { domainId, ownerId } = product;
  requireCan(ctx, 'product.edit', { domainId, ownerId });
  if (!product.slo?.isLive) {
    throw precondition('Objectives are measured while a product is served. Provision it first.');
  }
  return product;
}

async function add(tx: Tx, wanted: Wanted, isTaken: boolean): Promise<{ id: string; rev: number }> {
  const { productId, key, kind, title, target, window, formula } = wanted;
  if (isTaken) throw conflict(`There is an objective named ${key} already. Change that one.`);
  const isCustom = kind === 'custom';
  const isNamed = isCustom ? !Object.hasOwn(TITLES, key) : key === kind;
  if ((!isCustom && kind !== 'completeness') || !isNamed) {
    const message = `Availability, latency and freshness come from the contract. Add completeness, or a custom objective under a name of its own.`;
    throw invalid(message, { key: message });
  }
  // One after the other, so that two at once cannot pass the limit together.
  await tx.$queryRaw`select "productId" from slo_product where "productId" = ${productId} for update`;
  const count = await tx.sloObjective.count({ where: { productId, endedAt: null } });
  if (count >= MAX_OBJECTIVES) {
    throw precondition(`A product has at most ${MAX_OBJECTIVES} objectives. Remove one first.`);
  }
  const objective = {
    ...{ id: newId(), productId, key, kind, window, origin: 'owner', target: shareOf(target) },
    title: title ?? (isCustom ? key : TITLES[kind]),
    formula: isCustom ? (formula ?? null) : null,
    since: floorMinute(now()),
  };
  await tx.sloObjective.createMany({ data: [objective] });
  return { id: objective.id, rev: 1 };
}

type Known = NonNullable<Awaited<ReturnType<Tx['sloObjective']['findUnique']>>>;

async function change(
  tx: Tx,
  wanted: Wanted,
  known: Known | null,
): Promise<{ id: string; rev: number }> {
  const { kind, title, target, window, formula, rev = 0 } = wanted;
  if (!known || known.endedAt) throw notFound('This objective');
  if (known.kind !== kind) throw invalid('An objective keeps its kind. Add another one.');
  const isOwn = known.origin === 'owner';
  const isOpen = isOwn || kind === 'latency' || kind === 'freshness';
  if (!isOpen && shareOf(target) !== known.target) {
    const message = `The contract promises ${Number((known.target * 100).toPrecision(12))}%. Change it in the contract.`;
    throw invalid(message, { target: message });
  }
  const { count } = await tx.sloObjective.updateMany({
    where: { id: known.id, rev },
    data: {
      window,
      rev: rev + 1,
      ...(isOpen && { target: shareOf(target) }),
      ...(isOwn && title && { title }),
      ...(kind === 'custom' && formula && { formula, problem: null }),
    },
  });
  if (count === 0) throw conflict('Somebody changed this objective meanwhile. Load it again.');
  return { id: known.id, rev: rev + 1 };
}

export const RemoveObjectiveInput = z.object({ productId: id, key: identifierSchema });
export type RemoveObjectiveInput = z.input<typeof RemoveObjectiveInput>;

/** Removes an objective that was added, and what was measured for it. */
export async function removeObjective(ctx: Ctx, raw: RemoveObjectiveInput): Promise<void> {
  const { productId, key } = RemoveObjectiveInput.parse(raw);
  await transact(async (tx) => {
    const product = await editable(tx, ctx, productId);
    const known = await tx.sloObjective.findUnique({
      where: { productId_key: { productId, key } },
    });
    if (!known) throw notFound('This objective');
    if (known.origin !== 'owner') {
      throw precondition('The contract promises this objective. Remove it from the contract.');
    }
    const { count } = await tx.sloObjective.deleteMany({ where: { id: known.id } });
    if (count === 0) throw conflict('This objective was removed already.');
    await tx.sloMeasurement.deleteMany({ where: { objectiveId: known.id } });
    audit(tx, ctx, {
      action: 'slo.remove',
      target: { type: 'slo_objective', id: known.id },
      productId,
      domainId: product.domainId,
      detail: { key, formula: known.formula },
    });
    await notify(tx, 'portolan_product', productId);
  });
}
