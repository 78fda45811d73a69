import { type Ctx, db } from '@/lib/core';
import { mayReadWhole } from '@/lib/governance';
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
  /** Whether the caller may read the rows, and so what the data told its rules. */
  mayRead: boolean;
  /** The DataProduct document, as YAML. */
  yaml: string;
}

/** The metadata and what the product's page shows besides. @throws as `productMetadata` */
export async function productPage(ctx: Ctx, domain: string, name: string): Promise<ProductPage> {
  const metadata = await productMetadata(ctx, domain, name);
  const served = await resolveProduct(domain, name);
  const { id, domainId, ownerId, descriptor } = served;
  const mayRead = await mayReadWhole(ctx, served);
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
    mayRead,
    yaml: printDescriptor(mayRead ? descriptor : withoutValues(descriptor)),
  };
}

/** What rules were told by the data (limits, accepted values, reasons) is for people who may read the rows. */
function withoutValues({ spec, ...document }: DataProduct): DataProduct {
  const quality = spec.quality?.map(({ params: _params, reason: _reason, ...rule }) => rule);
  return { ...document, spec: { ...spec, ...(quality && { quality }) } };
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
