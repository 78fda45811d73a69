import { type Alert, raiseAlert } from '@/lib/alerts';
import { db, notFound, type Tx } from '@/lib/core';

export interface VersionRef {
  id: string;
  version: string;
  product: {
    id: string;
    name: string;
    domainId: string;
    ownerId: string;
    domain: { name: string };
  };
}

export const addressOf = ({ product }: VersionRef): string =>
  `${product.domain.name}/${product.name}`;

export const versionsHref = (of: VersionRef): string => `/products/${addressOf(of)}/versions`;

/** A version with what its verbs need of the product. @throws AppError not_found */
export async function loadVersion(versionId: string, tx: Tx = db()) {
  const version = await tx.contractVersion.findUnique({
    where: { id: versionId },
    include: {
      product: {
        select: {
          id: true,
          name: true,
          title: true,
          status: true,
          domainId: true,
          ownerId: true,
          domain: { select: { name: true } },
        },
      },
    },
  });
  if (!version) throw notFound('The version');
  return version;
}

/** Tells about a version, once under its key. */
export async function tell(
  tx: Tx,
  of: VersionRef,
  alert: Pick<Alert, 'kind' | 'level' | 'title' | 'body' | 'to'>,
): Promise<void> {
  await raiseAlert(tx, {
    ...alert,
    href: versionsHref(of),
    domainId: of.product.domainId,
    productId: of.product.id,
    dedupeKey: `${alert.kind}:${of.id}:${alert.title}`,
    data: { product: addressOf(of), version: of.version },
  });
}
