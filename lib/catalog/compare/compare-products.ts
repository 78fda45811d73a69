import { type Ctx, invalid } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';
import { type ObjectiveView, objectivesOf, type Standing, worstOf } from '@/lib/slo';
import type { DataProduct } from '@/lib/specs';
import { type AlignedColumn, aligned } from './align';
import {
  type ProductFacts,
  productFacts,
  type QualityFacts,
  qualityFacts,
  termFacts,
  type UseFacts,
  usageFacts,
} from './facts';
import { CompareInput } from './input';

type Spec = DataProduct['spec'];

export interface ComparedProduct extends Omit<ProductFacts, 'descriptor' | 'snapshotAt'> {
  snapshotAt: string | null;
  columnCount: number;
  /** Null before the first run. */
  quality: (Omit<QualityFacts, 'productId' | 'measuredAt'> & { measuredAt: string }) | null;
  /** The worst of the objectives; null without any. */
  standing: Standing | null;
  objectives: (Pick<
    ObjectiveView,
    'key' | 'kind' | 'title' | 'target' | 'threshold' | 'isInclusive' | 'formula' | 'standing'
  > & { sli: number | null })[];
  use: Omit<UseFacts, 'productId'>;
  ports: { name: string; type: string }[];
  terms: Spec['terms'] | null;
  price: Spec['price'] | null;
}
export interface Comparison {
  /** In the order in which they were asked for. */
  products: ComparedProduct[];
  /** Addresses that name no product, or none that the asker may find. */
  missing: string[];
  columns: {
    rows: AlignedColumn[];
    /** Of all rows, whatever is left out of `rows`. */
    total: number;
    same: number;
    typesDiffer: number;
    /** Rows that some product lacks. */
    partial: number;
    nextAfter: number | null;
  };
  /** Rows that every product has with the same type, as a share of all rows, 0 to 1; null without columns. */
  similarity: number | null;
}

/**
 * Two to four products side by side. One that the asker may not find is as if it did not exist.
 * @throws AppError unauthenticated | forbidden | invalid (naming each parameter)
 */
export async function compareProducts(ctx: Ctx, raw: CompareInput): Promise<Comparison> {
  requireSignedIn(ctx, ['catalog:read']);
  const { p: addresses, only, after, limit } = parsed(raw);
  const found = await productFacts(addresses, await visibleProducts(ctx));
  const ids = found.map(({ id }) => id);
  const [quality, objectives, uses, terms] = await Promise.all([
    qualityFacts(ids),
    objectivesOf(ids),
    usageFacts(ids),
    termFacts(ids),
  ]);
  const all = aligned(
    found.map(({ id, descriptor }) => ({
      schema: descriptor.spec.schema,
      terms: terms.get(id) ?? new Map(),
    })),
  );
  const isSame = (row: AlignedColumn) => row.isEverywhere && !row.typesDiffer;
  const same = all.filter(isSame).length;
  const shown = only ? all.filter((row) => !isSame(row)) : all;
  const known = new Set(found.map(({ address }) => address));
  return {
    products: found.map((facts) =>
      productOf(facts, {
        quality: quality.find(({ productId }) => productId === facts.id),
        objectives: objectives.filter(({ productId }) => productId === facts.id),
        use: uses.find(({ productId }) => productId === facts.id),
      }),
    ),
    missing: addresses.filter((address) => !known.has(address)),
    columns: {
      rows: shown.slice(after, after + limit),
      ...{ total: all.length, same },
      typesDiffer: all.filter((row) => row.typesDiffer).length,
      partial: all.filter((row) => !row.isEverywhere).length,
      nextAfter: shown.length > after + limit ? after + limit : null,
    },
    similarity: all.length > 0 ? same / all.length : null,
  };
}

function parsed(raw: CompareInput) {
  const { data, error } = CompareInput.safeParse(raw);
  if (data) return data;
  const fields = error.issues.map((issue) => [String(issue.path[0]), issue.message]);
  throw invalid(`${fields[0]?.[0]}: ${fields[0]?.[1]}`, Object.fromEntries(fields));
}

interface Measured {
  quality: QualityFacts | undefined;
  objectives: ObjectiveView[];
  use: UseFacts | undefined;
}

function productOf(
  { descriptor: { spec }, snapshotAt, ...facts }: ProductFacts,
  { quality, objectives, use }: Measured,
): ComparedProduct {
  const { productId: _, measuredAt, ...scores } = quality ?? {};
  return {
    ...facts,
    snapshotAt: snapshotAt?.toISOString() ?? null,
    columnCount: spec.schema.length,
    quality:
      quality && measuredAt
        ? { ...(scores as QualityFacts), measuredAt: measuredAt.toISOString() }
        : null,
    standing: objectives.length > 0 ? worstOf(objectives.map((one) => one.standing)) : null,
    objectives: objectives.map((one) => ({
      ...{ key: one.key, kind: one.kind, title: one.title, target: one.target },
      ...{ threshold: one.threshold, isInclusive: one.isInclusive, formula: one.formula },
      ...{ standing: one.standing, sli: one.budget.sli },
    })),
    use: { reads: use?.reads ?? 0, readers: use?.readers ?? 0 },
    ports: (spec.outputPorts ?? []).map(({ name, type }) => ({ name, type })),
    ...{ terms: spec.terms ?? null, price: spec.price ?? null },
  };
}
