import { type Ctx, db, notFound, type Tx } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { activePlatform } from '@/lib/platform/document';
import { type CapabilityHealth, templateHealth } from '@/lib/platform/template-health';
import { checkDocumentAs, type DataPlatform, type DataProductTemplate } from '@/lib/specs';

export interface TemplateCard {
  name: string;
  version: number;
  title: string;
  description: string;
  /** All of its drivers are present and healthy. */
  isOffered: boolean;
  capabilities: CapabilityHealth[];
}

/** Active templates of data products, those that can be used first. */
export async function listTemplates(ctx: Ctx): Promise<TemplateCard[]> {
  requireSignedIn(ctx, ['catalog:read', 'products:write']);
  const [rows, platform] = await Promise.all([
    db().template.findMany({
      where: { kind: 'data_product', isActive: true },
      orderBy: [{ name: 'asc' }, { version: 'desc' }],
      distinct: ['name'],
    }),
    activePlatform(),
  ]);
  const cards = await Promise.all(
    rows.flatMap((row) => {
      const parsed = checkDocumentAs('DataProductTemplate', row.document);
      return parsed.ok ? [card(row.version, parsed.document, platform)] : [];
    }),
  );
  return cards.sort((a, b) => Number(b.isOffered) - Number(a.isOffered));
}

async function card(
  version: number,
  template: DataProductTemplate,
  platform: DataPlatform,
): Promise<TemplateCard> {
  const { title, description } = template.spec;
  const health = await templateHealth(template, platform);
  return { name: template.metadata.name, version, title, description, ...health };
}

/** The newest active version of a template. @throws AppError not_found */
export async function activeTemplate(tx: Tx, name: string): Promise<DataProductTemplate> {
  const row = await tx.template.findFirst({
    where: { name, kind: 'data_product', isActive: true },
    orderBy: { version: 'desc' },
  });
  const parsed = row && checkDocumentAs('DataProductTemplate', row.document);
  if (!parsed?.ok) throw notFound(`The template "${name.slice(0, 63)}"`);
  return parsed.document;
}

/** Why a template cannot be used now; null when it can. */
export async function templateProblem(template: DataProductTemplate): Promise<string | null> {
  const health = await templateHealth(template, await activePlatform());
  const missing = health.capabilities.find((one) => !one.ok);
  if (!missing) return null;
  return `${template.spec.title} cannot be used now. ${missing.reason ?? ''} Choose another template`;
}
