import { type Ctx, db, notFound, type Prisma } from '@/lib/core';
import { discoverable, requireSignedIn } from '@/lib/governance';
import { activePlatform } from '@/lib/platform/document';
import { type CapabilityHealth, templateHealth } from '@/lib/platform/template-health';
import {
  checkDocumentAs,
  type DataProductTemplate,
  type ProcessingTemplate,
  printDocument,
} from '@/lib/specs';
import { listTemplates, type TemplateCard } from './template-queries';

export interface ProcessingTemplateCard {
  name: string;
  version: number;
  title: string;
  description: string;
  engine: string | null;
}

export interface TemplateDocument {
  name: string;
  version: number;
  kind: 'data_product' | 'processing';
  title: string;
  description: string;
  createdAt: string;
  yaml: string;
  /** Null for processing templates, which name no kinds. */
  health: { isOffered: boolean; capabilities: CapabilityHealth[] } | null;
  engine: string | null;
  /** The processing template a data product's pipeline is built from. */
  processingTemplate: string | null;
  /** What a new product starts with, as YAML. */
  defaultsYaml: string | null;
  /** Products made from it that are not retired, of those the viewer may find. */
  productCount: number;
  /** Templates of data products that build on this processing template. */
  usedBy: { name: string; title: string }[];
}

/** Every template in force; for every signed-in person. @throws AppError unauthenticated | forbidden */
export async function listTemplateDocuments(
  ctx: Ctx,
): Promise<{ products: TemplateCard[]; processing: ProcessingTemplateCard[] }> {
  requireSignedIn(ctx, ['catalog:read']);
  const [products, rows] = await Promise.all([
    listTemplates(ctx),
    db().template.findMany({
      where: { kind: 'processing', isActive: true },
      orderBy: [{ name: 'asc' }, { version: 'desc' }],
      distinct: ['name'],
    }),
  ]);
  const processing = rows.map(({ name, version, title, document }) => {
    const { description = '', engine = null } = (document as ProcessingTemplate).spec;
    return { name, version, title, description, engine };
  });
  return { products, processing };
}

/** A template's document and what stands behind it. @throws AppError unauthenticated | not_found */
export async function getTemplateDocument(ctx: Ctx, name: string): Promise<TemplateDocument> {
  requireSignedIn(ctx, ['catalog:read']);
  const row = await db().template.findFirst({
    where: { name, isActive: true },
    orderBy: { version: 'desc' },
  });
  if (!row) throw notFound(`The template "${name.slice(0, 63)}"`);
  const base = {
    ...{ name: row.name, version: row.version, title: row.title, yaml: row.yaml },
    createdAt: row.createdAt.toISOString(),
  };
  const parsed = checkDocumentAs('DataProductTemplate', row.document);
  if (row.kind === 'data_product' && parsed.ok) {
    return { ...base, ...(await ofProducts(parsed.document, await discoverable(ctx))) };
  }
  return { ...base, ...(await ofProcessing(row.document as ProcessingTemplate)) };
}

async function ofProducts(template: DataProductTemplate, visible: Prisma.Sql) {
  const { description, processingTemplate = null, defaults } = template.spec;
  const [health, [counted]] = await Promise.all([
    activePlatform().then((platform) => templateHealth(template, platform)),
    db().$queryRaw<{ products: number }[]>`select count(*)::int as products from product p
      where p.template = ${template.metadata.name} and p.status not in ('draft', 'retired') and ${visible}`,
  ]);
  const productCount = counted?.products ?? 0;
  return {
    ...{ kind: 'data_product' as const, description, health, processingTemplate, productCount },
    ...{ engine: null, usedBy: [] },
    defaultsYaml: defaults ? printDocument(defaults) : null,
  };
}

async function ofProcessing({ metadata, spec }: ProcessingTemplate) {
  const using = await db().template.findMany({
    where: {
      ...{ kind: 'data_product', isActive: true },
      document: { path: ['spec', 'processingTemplate'], equals: metadata.name },
    },
    select: { name: true, title: true },
    orderBy: [{ name: 'asc' }, { version: 'desc' }],
    distinct: ['name'],
  });
  return {
    ...{ kind: 'processing' as const, description: spec.description ?? '', usedBy: using },
    ...{ engine: spec.engine ?? null, health: null, processingTemplate: null, productCount: 0 },
    defaultsYaml: null,
  };
}
