import { type Ctx, invalid, isAppError } from '@/lib/core';
import { validateProduct } from '@/lib/governance';
import {
  activePlatform,
  type EtlSpec,
  type PlanFacts,
  planSteps,
  resolveDrivers,
} from '@/lib/platform';
import { buildDescriptor } from '@/lib/products/build-descriptor';
import type { CompleteDraft } from '@/lib/products/draft-data';
import { blockingFields } from '@/lib/products/review-draft';
import { validateDraft } from '@/lib/products/validate-draft';
import type { ValidatedDraft } from '@/lib/products/validation';
import { requireRuleSources, ruleProblem } from '@/lib/quality';
import { checkDocumentAs, type DataProduct, type DataProductTemplate } from '@/lib/specs';
import { handlingOf } from './handling';
import type { AcceptedStep } from './run-steps';

/** All that a submit writes, worked out and checked before its transaction begins. */
export interface PreparedProduct {
  data: CompleteDraft;
  domain: { id: string; name: string };
  ownerId: string;
  descriptor: DataProduct;
  inputs: { sourceId: string; alias: string }[];
  etl: EtlSpec;
  steps: AcceptedStep[];
}

/** @throws AppError invalid with a message per field | unavailable */
export async function prepareProduct(
  ctx: Ctx,
  draft: { id: string; data: unknown },
): Promise<PreparedProduct> {
  const checked = await validateDraft(ctx, draft.data, { draftId: draft.id, ruleProblem });
  const { complete: data, template, domain, ownerId } = checked;
  if (!data || !template || !domain || !ownerId) {
    const count = Object.keys(checked.fields).length;
    const what = count === 1 ? 'One field needs' : `${count} fields need`;
    throw invalid(`${what} attention before the product can be made.`, checked.fields);
  }
  const unread = await unreadableRules(ctx, data);
  if (Object.keys(unread).length > 0) throw invalid('A rule reads what you may not read.', unread);
  const descriptor = descriptorOf(data, template, checked);
  const blocking = blockingFields(
    await validateProduct({ descriptor, domain: domain.name, draftId: draft.id }),
  );
  if (Object.keys(blocking).length > 0) {
    throw invalid('The policies in force do not allow this product as it is.', blocking);
  }
  const extract = extractOf(data, checked);
  const etl: EtlSpec = {
    type: 'etl',
    extract,
    transform: {
      columns: data.fields.map(({ name, sourceName }) => ({
        source: sourceName || name,
        field: name,
      })),
      steps: [],
    },
    load: { mode: 'replace' },
    schedule: data.schedule,
  };
  const steps = await plan(data, template, etl, checked);
  return { data, domain, ownerId, descriptor, inputs: inputsOf(extract), etl, steps };
}

/** Rules run with the owner's rights; whoever writes one has to be allowed to read what it reads. */
async function unreadableRules(ctx: Ctx, { quality }: CompleteDraft) {
  const fields: Record<string, string> = {};
  for (const [at, rule] of quality.entries()) {
    try {
      await requireRuleSources(ctx, [{ ...rule, column: rule.column ?? null }]);
    } catch (error) {
      if (!isAppError(error)) throw error;
      fields[`quality.${at}.config`] = error.message;
    }
  }
  return fields;
}

function descriptorOf(
  data: CompleteDraft,
  template: DataProductTemplate,
  { upload }: ValidatedDraft,
): DataProduct {
  const built = buildDescriptor(data, { template, ...(upload && { upload }) });
  const checked = checkDocumentAs('DataProduct', JSON.parse(JSON.stringify(built)));
  if (checked.ok) return checked.document;
  const [issue] = checked.issues;
  const message = `The descriptor is not valid at ${issue?.path}: ${issue?.message}`;
  throw invalid(message, { [issue?.path.replace(/^spec\./, '') ?? '']: message });
}

function extractOf(
  { source }: CompleteDraft,
  { upload, sources }: ValidatedDraft,
): EtlSpec['extract'] {
  const idOf = (address: string) => sources.find((one) => one.product === address)?.id ?? '';
  switch (source.kind) {
    case 'upload': {
      const label = upload?.fileName ?? 'the uploaded file';
      return { kind: 'upload', uploadId: source.uploadId, label };
    }
    case 'product':
      return { kind: 'product', productId: idOf(source.product), label: source.product };
    case 'sql':
      return {
        kind: 'sql',
        sql: source.sql,
        inputs: source.inputs.map(({ alias, product }) => ({
          alias,
          productId: idOf(product),
          product,
        })),
        label: `SQL over ${source.inputs.map((one) => one.product).join(', ')}`,
      };
  }
}

/** Declared lineage: the view's name in the transformation → the product behind it. */
function inputsOf(extract: EtlSpec['extract']): PreparedProduct['inputs'] {
  if (extract.kind === 'upload') return [];
  if (extract.kind === 'product') return [{ sourceId: extract.productId, alias: 'source' }];
  return extract.inputs.map(({ alias, productId }) => ({ sourceId: productId, alias }));
}

async function plan(
  data: CompleteDraft,
  template: DataProductTemplate,
  etl: EtlSpec,
  { upload }: ValidatedDraft,
): Promise<AcceptedStep[]> {
  const platform = await activePlatform();
  const facts: PlanFacts = {
    domain: data.domain,
    name: data.name,
    environment: 'staging',
    classification: data.classification,
    ...(await handlingOf(data.domain, data.classification)),
    source: {
      kind: etl.extract.kind,
      label: etl.extract.label,
      ...(upload && { sizeBytes: upload.sizeBytes }),
    },
    fieldCount: data.fields.length,
    ruleCount: data.quality.length,
    schedule: data.schedule,
    access: data.access,
  };
  const drivers = resolveDrivers(template, platform);
  return planSteps(template, platform, facts).map((step, at) => ({
    ...step,
    config: drivers[at]?.config ?? {},
  }));
}
