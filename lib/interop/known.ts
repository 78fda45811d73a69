import type { DraftRule } from '@/lib/products/draft-data';
import { rulesOfDocument } from '@/lib/products/rules-of-document';
import { type DataProduct, domainOf, type Permission, type SchemaField } from '@/lib/specs';

/** What both Portolan and an outside document say of a product: the part of a contract that is understood. */
export interface Known {
  name?: string;
  title?: string;
  description?: string;
  domain?: string;
  owner?: string;
  version?: string;
  /** ODCS's and ODPS's word for the state. */
  status?: string;
  tags: string[];
  fields: SchemaField[];
  quality: DraftRule[];
  slo: Slo;
  terms: Terms;
  support: SupportChannel[];
  price?: Price;
  access: AccessRule[];
}
export type AccessRule = { role: string; permissions: Permission[] };
export const TARGETS = ['availability', 'latency', 'freshness', 'completeness'] as const;
export type Slo = Partial<Record<(typeof TARGETS)[number], string | number>>;
export type Terms = NonNullable<DataProduct['spec']['terms']>;
export type SupportChannel = NonNullable<DataProduct['spec']['support']>[number];
export type Price = NonNullable<DataProduct['spec']['price']>;

const STATUS_OF: Record<string, string> = {
  production: 'active',
  deprecated: 'deprecated',
  retired: 'retired',
};

/** A product's own part; `status` is its state in the lifecycle. */
export function knownOfProduct(descriptor: DataProduct, status: string): Known {
  const { metadata, spec } = descriptor;
  return {
    name: metadata.name,
    title: spec.title ?? metadata.name,
    description: spec.description,
    domain: domainOf(descriptor),
    owner: spec.owner,
    version: spec.version,
    status: STATUS_OF[status] ?? 'draft',
    tags: spec.tags ?? [],
    fields: spec.schema,
    quality: (spec.quality ?? []).flatMap(rulesOfDocument),
    slo: spec.slo ?? {},
    terms: spec.terms ?? {},
    support: spec.support ?? [],
    ...(spec.price && { price: spec.price }),
    access: (spec.access ?? []).map(({ role, permissions }) => ({ role, permissions })),
  };
}

/** The same value, whatever the order of its keys. */
export function isSame(a: unknown, b: unknown): boolean {
  return keyOf(a) === keyOf(b);
}

/** One text for equal values, to look them up by. */
export function keyOf(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}
