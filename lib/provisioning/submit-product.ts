import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  db,
  enqueue,
  invalid,
  isAppError,
  newId,
  notFound,
  notify,
  requireCan,
  sqlState,
  type Tx,
  transact,
} from '@/lib/core';
import { proposeTags } from '@/lib/governance';
import { moveProduct } from '@/lib/products/move-product';
import { createRun } from './create-run';
import { type PreparedProduct, prepareProduct } from './prepare-product';
import { stepsOfRun } from './run-steps';

export const SubmitProductInput = z.object({
  draftId: z.string().min(1).max(100),
  /** The revision that the person saw. */
  rev: z.int32().min(0),
});
export type SubmitProductInput = z.input<typeof SubmitProductInput>;

export interface Submitted {
  productId: string;
  runId: string;
}

/**
 * Turns a draft into a product and enqueues its provisioning: all in one transaction, or nothing and
 * a message beside each field. Submitting a draft again answers with the run it has.
 * @throws AppError not_found | forbidden | invalid (fields) | conflict (the draft has moved on)
 */
export async function submitProduct(ctx: Ctx, raw: SubmitProductInput): Promise<Submitted> {
  const { draftId, rev } = SubmitProductInput.parse(raw);
  const draft = await db().productDraft.findUnique({ where: { id: draftId } });
  if (!draft || !isAuthor(ctx, draft.authorId)) throw notFound('The draft');
  if (draft.submittedAt) return existingRun(db(), draftId);
  const prepared = await prepareProduct(ctx, draft);
  try {
    return await transact((tx) => accept(tx, ctx, { draftId, rev }, prepared));
  } catch (error) {
    if (!isAppError(error) && sqlState(error) === '23505') throw nameTaken(prepared);
    throw error;
  }
}

const isAuthor = (ctx: Ctx, authorId: string): boolean =>
  ctx.actor.type === 'system' || (ctx.actor.type === 'user' && ctx.actor.id === authorId);

async function existingRun(tx: Tx, draftId: string): Promise<Submitted> {
  const draft = await tx.productDraft.findUnique({ where: { id: draftId } });
  const run = draft?.productId
    ? await tx.provisioningRun.findFirst({
        where: { productId: draft.productId, kind: 'provision' },
        orderBy: { createdAt: 'desc' },
      })
    : null;
  if (run) return { productId: run.productId, runId: run.id };
  throw conflict('The draft has been submitted already. Reload it.');
}

function nameTaken({ data, domain }: PreparedProduct) {
  const message = `${domain.name}/${data.name} exists already. Choose another name.`;
  return invalid(message, { name: message });
}

async function accept(
  tx: Tx,
  ctx: Ctx,
  input: { draftId: string; rev: number },
  prepared: PreparedProduct,
): Promise<Submitted> {
  requireCan(ctx, 'product.create', { domainId: prepared.domain.id });
  const { count } = await tx.productDraft.updateMany({
    where: { id: input.draftId, rev: input.rev, submittedAt: null },
    data: { submittedAt: new Date() },
  });
  if (count === 0) {
    const draft = await tx.productDraft.findUnique({ where: { id: input.draftId } });
    if (draft?.submittedAt) return existingRun(tx, input.draftId);
    throw conflict(
      'The draft was changed meanwhile. Look at the newer version, then submit again.',
      {
        rev: draft?.rev,
      },
    );
  }
  await proposeTags(tx, ctx, prepared.data.tags, prepared.domain.id);
  const { productId, difference } = await putProduct(tx, input.draftId, prepared);
  await putParts(tx, productId, prepared);
  await tx.waiver.updateMany({ where: { draftId: input.draftId }, data: { productId } });
  const runId = await createRun(tx, ctx, {
    productId,
    kind: 'provision',
    steps: stepsOfRun('provision', prepared.steps),
    publishes: prepared.data.publishWhenReady,
  });
  await tx.productDraft.update({ where: { id: input.draftId }, data: { productId } });
  await enqueue(tx, { workflow: 'provision', queue: 'provisioning', key: runId, args: [runId] });
  audit(tx, ctx, {
    action: 'product.submit',
    target: { type: 'product', id: productId },
    productId,
    domainId: prepared.domain.id,
    detail: { product: `${prepared.domain.name}/${prepared.data.name}`, runId, ...difference },
  });
  await notify(tx, 'portolan_run', runId);
  return { productId, runId };
}

/** A new row, or the one that an undone attempt left; a name that a discarded draft held is free. */
async function putProduct(tx: Tx, draftId: string, prepared: PreparedProduct) {
  const { data, domain, ownerId, descriptor } = prepared;
  const row = {
    domainId: domain.id,
    name: data.name,
    title: data.title,
    description: data.description,
    ownerId,
    classification: data.classification,
    tags: data.tags,
    template: data.template,
    descriptor: descriptor as object,
    documentation: data.documentation,
  };
  const draft = await tx.productDraft.findUniqueOrThrow({ where: { id: draftId } });
  const named = await tx.product.findUnique({
    where: { domainId_name: { domainId: domain.id, name: data.name } },
  });
  if (named && named.id !== draft.productId) {
    const holder = await tx.productDraft.findUnique({ where: { productId: named.id } });
    if (named.status !== 'draft' || holder) throw nameTaken(prepared);
  }
  const id = draft.productId ?? named?.id;
  if (!id) {
    const created = await tx.product.create({
      data: { id: newId(), ...row, status: 'development' },
    });
    return { productId: created.id, difference: changed(null, factsOf(created)) };
  }
  const before = await tx.product.findUniqueOrThrow({ where: { id } });
  await moveProduct(tx, id, 'development');
  const after = await tx.product.update({
    where: { id },
    data: { ...row, rev: { increment: 1 } },
  });
  return { productId: id, difference: changed(factsOf(before), factsOf(after)) };
}

interface Facts {
  title: string;
  description: string;
  ownerId: string;
  classification: string;
  status: string;
  tags: string[];
}

const factsOf = ({ title, description, ownerId, classification, status, tags }: Facts): Facts => ({
  title,
  description,
  ownerId,
  classification,
  status,
  tags,
});

async function putParts(tx: Tx, productId: string, prepared: PreparedProduct): Promise<void> {
  const { data, inputs, etl } = prepared;
  await tx.productInput.deleteMany({ where: { productId } });
  await tx.qualityRule.deleteMany({ where: { productId } });
  await tx.productInput.createMany({ data: inputs.map((input) => ({ productId, ...input })) });
  await tx.qualityRule.createMany({
    data: data.quality.map((rule) => ({
      id: newId(),
      productId,
      name: rule.name,
      dimension: rule.dimension,
      check: rule.check,
      column: rule.column ?? null,
      config: rule.config as object,
      reason: rule.reason,
    })),
  });
  const pipeline = { spec: etl as object, schedule: data.schedule, nextRunAt: null };
  await tx.pipeline.upsert({
    where: { productId },
    create: { productId, ...pipeline },
    update: { ...pipeline, isEnabled: true },
  });
}
