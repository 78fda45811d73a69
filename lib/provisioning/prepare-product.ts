import { type Ctx, db, invalid, type Tx } from '@/lib/core';
import {
  activePlatform,
  type EtlSpec,
  type PlanFacts,
  type PlannedStep,
  planSteps,
  resolveDrivers,
} from '@/lib/platform';
import { buildDescriptor } from '@/lib/products/build-descriptor';
import { CompleteDraft } from '@/lib/products/draft-data';
import { requireSourceProduct, type SourceProduct } from '@/lib/products/source-products';
import { activeTemplate } from '@/lib/products/template-queries';
import { checkDocumentAs, type DataProduct, type DataProductTemplate } from '@/lib/specs';
import { handlingOf } from './handling';

export type AcceptedStep = PlannedStep & { config: unknown };

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

interface Draft {
  id: string;
  data: unknown;
}
type Upload = NonNullable<Awaited<ReturnType<typeof findUpload>>>;
interface Sources {
  upload: Upload | null;
  products: { alias: string; source: SourceProduct }[];
}

const findUpload = (id: string, draftId: string) =>
  db().upload.findFirst({ where: { id, draftId } });

/** @throws AppError invalid with a message per field | forbidden | not_found | unavailable */
export async function prepareProduct(ctx: Ctx, draft: Draft): Promise<PreparedProduct> {
  const data = parseDraft(draft.data);
  const [domain, owner, template, sources] = await Promise.all([
    db().domain.findFirst({ where: { name: data.domain, archivedAt: null } }),
    db().user.findFirst({ where: { email: data.owner, disabledAt: null } }),
    activeTemplate(db() as Tx, data.template),
    loadSources(ctx, draft.id, data),
  ]);
  if (!domain) throw fieldError('domain', `There is no domain "${data.domain}". Choose another.`);
  if (!owner) throw fieldError('owner', `Nobody has the address ${data.owner}. Choose a person.`);
  const descriptor = descriptorOf(data, template, sources);
  const etl = etlOf(data, sources);
  const steps = await plan(data, template, etl, sources);
  const inputs = sources.products.map(({ alias, source }) => ({ sourceId: source.id, alias }));
  return { data, domain, ownerId: owner.id, descriptor, inputs, etl, steps };
}

const fieldError = (field: string, message: string) => invalid(message, { [field]: message });

function parseDraft(raw: unknown): CompleteDraft {
  const parsed = CompleteDraft.safeParse(raw);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  const count = Object.keys(fields).length;
  throw invalid(
    count === 1 ? 'One field needs attention.' : `${count} fields need attention.`,
    fields,
  );
}

async function loadSources(ctx: Ctx, draftId: string, { source }: CompleteDraft): Promise<Sources> {
  if (source.kind === 'upload') {
    const upload = await findUpload(source.uploadId, draftId);
    if (!upload) throw fieldError('source.uploadId', 'The uploaded file is gone. Upload it again.');
    return { upload, products: [] };
  }
  const named =
    source.kind === 'product' ? [{ alias: 'source', product: source.product }] : source.inputs;
  const products = await Promise.all(
    named.map(async ({ alias, product }) => ({
      alias,
      source: await requireSourceProduct(ctx, product),
    })),
  );
  return { upload: null, products };
}

function descriptorOf(
  data: CompleteDraft,
  template: DataProductTemplate,
  { upload }: Sources,
): DataProduct {
  const built = buildDescriptor(data, { template, ...(upload && { upload }) });
  const checked = checkDocumentAs('DataProduct', JSON.parse(JSON.stringify(built)));
  if (checked.ok) return checked.document;
  const [issue] = checked.issues;
  const message = `The descriptor is not valid at ${issue?.path}: ${issue?.message}`;
  throw invalid(message, { [issue?.path.replace(/^spec\./, '') ?? '']: message });
}

function etlOf(data: CompleteDraft, sources: Sources): EtlSpec {
  return {
    type: 'etl',
    extract: extractOf(data, sources),
    transform: {
      columns: data.fields.map(({ name, sourceName }) => ({
        source: sourceName || name,
        field: name,
      })),
    },
    load: { mode: 'replace' },
    schedule: data.schedule,
  };
}

function extractOf({ source }: CompleteDraft, { upload, products }: Sources): EtlSpec['extract'] {
  switch (source.kind) {
    case 'upload':
      return {
        kind: 'upload',
        uploadId: source.uploadId,
        label: upload ? `the uploaded file ${upload.fileName}` : 'the uploaded file',
      };
    case 'product':
      return { kind: 'product', productId: products[0]!.source.id, label: source.product };
    case 'sql':
      return {
        kind: 'sql',
        sql: source.sql,
        inputs: products.map(({ alias, source: { id, product } }) => ({
          alias,
          productId: id,
          product,
        })),
        label: `SQL over ${products.map((one) => one.source.product).join(', ')}`,
      };
  }
}

async function plan(
  data: CompleteDraft,
  template: DataProductTemplate,
  etl: EtlSpec,
  { upload }: Sources,
): Promise<AcceptedStep[]> {
  const platform = await activePlatform();
  const facts: PlanFacts = {
    domain: data.domain,
    name: data.name,
    environment: 'production',
    classification: data.classification,
    ...(await handlingOf(data.domain, data.classification)),
    source: {
      kind: etl.extract.kind,
      label: etl.extract.label,
      ...(upload && { sizeBytes: Number(upload.sizeBytes) }),
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
