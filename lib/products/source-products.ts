import { type Ctx, db, notFound, precondition, requireCan } from '@/lib/core';
import { decide, mayDiscover, requireDecision } from '@/lib/governance';
import { narrowedFor } from '@/lib/platform';
import type { DataProduct, HeldTerms, SchemaField } from '@/lib/specs';

export interface SourceProduct {
  id: string;
  /** `domain/name`. */
  product: string;
  title: string;
  description: string;
  classification: string;
  /** As the caller's rights leave them. */
  fields: SchemaField[];
  snapshotId: string;
  /** Of the grant by which the caller reads it. */
  terms: HeldTerms | null;
}

const LIVE = {
  status: { in: ['production', 'deprecated'] },
  environments: { some: { environment: 'production', status: 'live', snapshotId: { not: null } } },
};
const include = {
  domain: { select: { name: true } },
  environments: { where: { environment: 'production', status: 'live' } },
} as const;
const MAX_LISTED = 200;
/** What every read of a source is for, stated where a product is chosen as well as where it is read. */
const context = { purpose: 'input of a data product' };

type Row = NonNullable<Awaited<ReturnType<typeof load>>>;

function load(domain: string, name: string) {
  return db().product.findFirst({ where: { name, domain: { name: domain } }, include });
}

const decisionProduct = ({ domain, ...row }: Row) => ({ ...row, domain: domain.name });

function sourceOf(row: Row, snapshotId: string): SourceProduct {
  return {
    id: row.id,
    product: `${row.domain.name}/${row.name}`,
    title: row.title,
    description: row.description,
    classification: row.classification,
    fields: (row.descriptor as unknown as DataProduct).spec.schema,
    snapshotId,
    terms: null,
  };
}

export type SourceProductSummary = Omit<SourceProduct, 'fields' | 'snapshotId' | 'terms'> & {
  fieldCount: number;
};

function summaryOf(row: Row): SourceProductSummary {
  const { fields, snapshotId: _, terms: _terms, ...rest } = sourceOf(row, '');
  return { ...rest, fieldCount: fields.length };
}

/**
 * Live products that the caller may read: what a new product can be made from.
 * @throws AppError unauthenticated | forbidden for a token without the scope
 */
export async function listSourceProducts(ctx: Ctx, query = ''): Promise<SourceProductSummary[]> {
  requireCan(ctx, 'product.create');
  const contains = { contains: query.slice(0, 100), mode: 'insensitive' as const };
  const rows = await db().product.findMany({
    where: { ...LIVE, OR: [{ name: contains }, { title: contains }] },
    include,
    orderBy: [{ title: 'asc' }, { id: 'asc' }],
    take: MAX_LISTED,
  });
  const checked = await Promise.all(
    rows.map(async (row) => {
      const snapshotId = row.environments[0]?.snapshotId;
      const request = { action: 'read' as const, product: decisionProduct(row), context };
      if (!snapshotId || !(await mayDiscover(ctx, request.product))) return [];
      return (await decide(ctx, request)).allow ? [summaryOf(row)] : [];
    }),
  );
  return checked.flat();
}

/**
 * A product as an input, with the decision written down.
 * @throws AppError not_found | precondition when it serves nothing | forbidden
 */
export async function requireSourceProduct(ctx: Ctx, address: string): Promise<SourceProduct> {
  const [domain = '', name = ''] = address.split('/');
  const row = await load(domain, name);
  if (!row || !(await mayDiscover(ctx, decisionProduct(row)))) {
    throw notFound(`The data product ${address.slice(0, 140)}`);
  }
  const { terms } = await requireDecision(ctx, {
    action: 'read',
    product: decisionProduct(row),
    context,
  });
  const snapshotId = row.environments[0]?.snapshotId;
  if (!snapshotId) throw precondition(`${address} serves no data now. Choose another product.`);
  const source = sourceOf(row, snapshotId);
  const narrowed = await narrowedFor(source.fields, terms);
  return { ...source, terms, fields: narrowed?.fields ?? source.fields };
}

/** The same question about somebody else; nothing is read, so nothing is written down. */
export async function mayReadSource(ctx: Ctx, address: string): Promise<boolean> {
  const [domain = '', name = ''] = address.split('/');
  const row = await load(domain, name);
  if (!row) return false;
  return (await decide(ctx, { action: 'read', product: decisionProduct(row), context })).allow;
}
