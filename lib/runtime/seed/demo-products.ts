import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { type Ctx, db, listen } from '@/lib/core';
import { attachUpload } from '@/lib/products/attach-upload';
import { createDraft } from '@/lib/products/create-draft';
import { discardDraft } from '@/lib/products/discard-draft';
import type { DraftData, DraftField } from '@/lib/products/draft-data';
import { getDraft } from '@/lib/products/draft-queries';
import { saveDraft } from '@/lib/products/save-draft';
import { previewDraftSql } from '@/lib/products/sql-preview';
import { submitProduct } from '@/lib/provisioning';
import { isRunOver } from '@/lib/provisioning/run-lifecycle';
import { writeCustomers } from './customers';
import { type DemoProduct, PRODUCTS } from './products';

const require = createRequire(import.meta.url);
/** The package's data files, beside its code. */
const VEGA_DATA = path.resolve(path.dirname(require.resolve('vega-datasets')), '../data');
const RUN_LIMIT_MS = 120_000;

const say = (line: string) => process.stdout.write(`${line}\n`);
const since = (began: number) => `${((Date.now() - began) / 1000).toFixed(1)} s`;

/** The products of the demo organisation that are not there yet, each by its owner's own hand. */
export async function createDemoProducts(ctxOf: (email: string) => Promise<Ctx>): Promise<void> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'portolan-seed-'));
  const began = Date.now();
  say('  Making the demo organisation: real data through the real workflow');
  try {
    for (const product of PRODUCTS) {
      const address = `${product.domain}/${product.name}`;
      const at = Date.now();
      const held = await db().product.findFirst({
        where: { name: product.name, domain: { name: product.domain } },
        select: { id: true, status: true },
      });
      if (held && held.status !== 'draft') continue;
      const ctx = await ctxOf(product.owner);
      if (held) await discardEarlier(ctx, held.id);
      const runId = await submit(ctx, product, scratch);
      await untilOver(runId, address);
      say(`    ${address} (${since(at)})`);
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  say(`  ✓ Demo organisation made (${since(began)})`);
}

/** What an attempt that was undone left behind: its draft holds the product's name. */
async function discardEarlier(ctx: Ctx, productId: string): Promise<void> {
  const draft = await db().productDraft.findUnique({ where: { productId } });
  if (draft) await discardDraft(ctx, { draftId: draft.id });
}

async function submit(ctx: Ctx, product: DemoProduct, scratch: string): Promise<string> {
  const { id: draftId } = await createDraft(ctx, { template: 'batch_analytics' });
  if (product.source.kind !== 'sql') await upload(ctx, draftId, product.source, scratch);
  const draft = await getDraft(ctx, draftId);
  const data = await describe(ctx, product, draft);
  const { rev } = await saveDraft(ctx, { draftId, rev: draft.rev, data });
  const { runId } = await submitProduct(ctx, { draftId, rev });
  return runId;
}

async function upload(
  ctx: Ctx,
  draftId: string,
  source: { kind: 'file'; file: string } | { kind: 'customers' },
  scratch: string,
): Promise<void> {
  let file = path.join(scratch, 'customers.csv');
  if (source.kind === 'customers') await writeCustomers(file);
  else file = path.join(VEGA_DATA, source.file);
  await attachUpload(ctx, { draftId, fileName: path.basename(file), body: createReadStream(file) });
}

async function describe(
  ctx: Ctx,
  product: DemoProduct,
  draft: { id: string; data: DraftData },
): Promise<DraftData> {
  const { domain, name, title, owner, classification, description, documentation } = product;
  const { tags, slo, schedule, source } = product;
  const words = { domain, name, title, owner, classification, description, documentation };
  const data: DraftData = { ...draft.data, ...words, tags, slo, schedule };
  if (product.access) data.access = product.access;
  if (source.kind === 'sql') {
    const { sql, inputs } = source;
    data.source = { kind: 'sql', sql, inputs };
    data.fields = (await previewDraftSql(ctx, { draftId: draft.id, sql, inputs })).fields;
  }
  if (product.quality) data.quality = product.quality;
  data.fields = (data.fields ?? []).map((field) => noted(field, product));
  return data;
}

function noted(field: DraftField, product: DemoProduct): DraftField {
  const note = product.fields?.[field.sourceName ?? field.name];
  if (!note) return field;
  const { primaryKey, ...rest } = note;
  return {
    ...field,
    ...(rest as Partial<DraftField>),
    ...(primaryKey && { primaryKey, required: true }),
  };
}

/** Waits for the worker; resolves when the run has succeeded. */
async function untilOver(runId: string, address: string): Promise<void> {
  let stop: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const look = async () => {
        const run = await db().provisioningRun.findUniqueOrThrow({ where: { id: runId } });
        if (!isRunOver(run.status)) return;
        if (run.status === 'succeeded') resolve();
        else reject(new Error(`${address} was not provisioned (${run.status}): ${run.error}`));
      };
      timer = setTimeout(
        () => reject(new Error(`${address} was not provisioned within ${RUN_LIMIT_MS / 1000} s`)),
        RUN_LIMIT_MS,
      );
      listen('portolan_run', () => void look().catch(reject))
        .then((end) => {
          stop = end;
          return look();
        })
        .catch(reject);
    });
  } finally {
    clearTimeout(timer);
    stop?.();
  }
}
