import { type Ctx, db } from '@/lib/core';
import { checkDocumentAs, type DataProduct, printDocument } from '@/lib/specs';
import { type ProductMetadata, productMetadata } from './metadata';
import { resolveProduct } from './resolve';

export interface ProductPage extends ProductMetadata {
  id: string;
  domainId: string;
  ownerId: string;
  ownerName: string;
  domainTitle: string;
  documentation: string;
  template: string;
  createdAt: string;
  /** The DataProduct document, as YAML. */
  yaml: string;
}

/** The metadata and what the product's page shows besides. @throws as `productMetadata` */
export async function productPage(ctx: Ctx, domain: string, name: string): Promise<ProductPage> {
  const metadata = await productMetadata(ctx, domain, name);
  const { id, domainId, ownerId, descriptor } = await resolveProduct(domain, name);
  const row = await db().product.findUniqueOrThrow({
    where: { id },
    select: {
      documentation: true,
      template: true,
      createdAt: true,
      owner: { select: { name: true } },
      domain: { select: { title: true } },
    },
  });
  return {
    ...metadata,
    id,
    domainId,
    ownerId,
    ownerName: row.owner.name,
    domainTitle: row.domain.title,
    documentation: row.documentation || descriptor.spec.documentation || '',
    template: row.template,
    createdAt: row.createdAt.toISOString(),
    yaml: printDescriptor(descriptor),
  };
}

/** jsonb keeps no order of keys; the schema puts them back as the documents are written. */
function printDescriptor(descriptor: DataProduct): string {
  const checked = checkDocumentAs('DataProduct', descriptor);
  return printDocument(checked.ok ? checked.document : descriptor);
}

/** The DataProduct document as YAML. @throws as `productMetadata` */
export async function productDescriptor(ctx: Ctx, domain: string, name: string): Promise<string> {
  return (await productPage(ctx, domain, name)).yaml;
}
