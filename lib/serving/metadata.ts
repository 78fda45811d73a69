import { type Ctx, db } from '@/lib/core';
import { certifiedUntil, requireSignedIn, visibleAmong } from '@/lib/governance';
import { type DataProduct, domainOf, type SchemaField } from '@/lib/specs';
import { findProduct } from './decide-read';
import { ROW_FORMATS } from './types';

export interface ProductMetadata {
  domain: string;
  name: string;
  title: string;
  description: string;
  version: string;
  status: string;
  /** Set when the product, or the older version that is asked for, ends: until when it answers. */
  deprecatedAt: string | null;
  sunsetAt: string | null;
  classification: string;
  owner: string;
  tags: string[];
  /** ISO 8601; null when it is not certified. */
  certifiedUntil: string | null;
  schema: SchemaField[];
  slo: DataProduct['spec']['slo'] | null;
  terms: DataProduct['spec']['terms'] | null;
  support: NonNullable<DataProduct['spec']['support']>;
  price: DataProduct['spec']['price'] | null;
  lineage: { inputs: string[]; outputs: string[]; sources: string[]; transformations: string[] };
  quality: { scores: unknown; measuredAt: string } | null;
  snapshot: {
    id: string;
    number: number;
    createdAt: string;
    rowCount: number;
    sizeBytes: number;
  } | null;
  formats: readonly string[];
  links: { self: string; rows: string; page: string; domain: string; access: string };
}

/**
 * What a product is and promises: for every signed-in person, whether they may read its rows or not.
 * @throws AppError unauthenticated | forbidden | not_found
 */
export async function productMetadata(
  ctx: Ctx,
  domain: string,
  name: string,
  version?: string,
): Promise<ProductMetadata> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const served = await findProduct(ctx, domain, name, version);
  const [row, run, inputs, outputs, certified] = await Promise.all([
    db().product.findUniqueOrThrow({
      where: { id: served.id },
      select: { description: true, tags: true, owner: { select: { email: true } } },
    }),
    db().qualityRun.findFirst({
      where: { productId: served.id, environment: served.environment, finishedAt: { not: null } },
      orderBy: { startedAt: 'desc' },
    }),
    db().productInput.findMany({
      where: { productId: served.id },
      select: { source: { select: { id: true, name: true, domain: { select: { name: true } } } } },
    }),
    db().productInput.findMany({
      where: { sourceId: served.id, product: { status: { notIn: ['draft', 'retired'] } } },
      select: { product: { select: { id: true, name: true, domain: { select: { name: true } } } } },
    }),
    certifiedUntil(ctx, served.id),
  ]);
  const { spec } = served.descriptor;
  const sources = inputs.map(({ source }) => source);
  const readers = outputs.map(({ product }) => product);
  const seen = await visibleAmong(
    ctx,
    [...sources, ...readers].map(({ id }) => id),
  );
  const addresses = (products: { id: string; name: string; domain: { name: string } }[]) => [
    ...new Set(
      products.filter(({ id }) => seen.has(id)).map((one) => `${one.domain.name}/${one.name}`),
    ),
  ];
  const api = `/api/v1/data/${domain}/${name}`;
  const page = `/products/${domain}/${name}`;
  const isLive = served.status !== 'retired';
  return {
    domain: domainOf(served.descriptor) || domain,
    name,
    title: served.title,
    description: row.description,
    version: served.version,
    status: served.status,
    deprecatedAt: served.deprecation?.at.toISOString() ?? null,
    sunsetAt: served.deprecation?.sunset?.toISOString() ?? null,
    classification: served.classification,
    owner: row.owner.email,
    tags: row.tags,
    certifiedUntil: certified,
    schema: [...served.columns.values()],
    slo: spec.slo ?? null,
    terms: spec.terms ?? null,
    support: spec.support ?? [],
    price: spec.price ?? null,
    lineage: {
      inputs: addresses(sources),
      outputs: addresses(readers),
      sources: spec.lineage?.sources ?? [],
      transformations: spec.lineage?.transformations ?? [],
    },
    quality: run && { scores: run.scores, measuredAt: run.finishedAt!.toISOString() },
    snapshot: isLive ? served.snapshot : null,
    formats: ROW_FORMATS,
    links: {
      self: `${api}/metadata`,
      rows: version === undefined ? `${api}/rows` : `${api}/rows?version=${version}`,
      page,
      domain: `/domains/${domain}`,
      access: `${page}/access`,
    },
  };
}
