import { type Ctx, db, now, publicOrigin } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct, visibleAmong } from '@/lib/governance';
import type { DataProduct } from '@/lib/specs';
import { datasetName } from './external/names';
import { isDirect } from './sql';

const SPEC = 'https://openlineage.io/spec';
const SCHEMA = `${SPEC}/facets/1-2-0/SchemaDatasetFacet.json#/$defs/SchemaDatasetFacet`;
const COLUMNS = `${SPEC}/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet`;
const JOB_EVENT = `${SPEC}/2-0-2/OpenLineage.json#/$defs/JobEvent`;

interface InputField {
  namespace: string;
  name: string;
  field: string;
  transformations: {
    type: 'DIRECT' | 'INDIRECT';
    subtype: string;
    description: string;
    masking: boolean;
  }[];
}
interface Dataset {
  namespace: string;
  name: string;
  facets: Record<string, object>;
}
export interface OpenLineageJob {
  eventTime: string;
  producer: string;
  schemaURL: string;
  job: { namespace: string; name: string };
  inputs: Dataset[];
  outputs: Dataset[];
}

/**
 * How a product is made, as an OpenLineage `JobEvent` with the schema and column lineage facets: what catalogues that
 * speak OpenLineage take in. Sources that the caller may not discover are left out.
 * @throws AppError unauthenticated | forbidden | not_found
 */
export async function openLineageJob(ctx: Ctx, productId: string): Promise<OpenLineageJob> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  await requireVisibleProduct(ctx, productId);
  const product = await db().product.findUniqueOrThrow({ where: { id: productId }, select });
  const inputs = await db().productInput.findMany({
    where: { productId },
    select: { sourceId: true },
  });
  const seen = await visibleAmong(ctx, [...new Set(inputs.map(({ sourceId }) => sourceId))]);
  const [sources, rows] = await Promise.all([
    db().product.findMany({ where: { id: { in: [...seen] } }, select, orderBy: { id: 'asc' } }),
    db().columnLineage.findMany({
      where: { productId, version: product.version, sourceId: { in: [...seen] } },
      orderBy: { ordinal: 'asc' },
    }),
  ]);
  const datasets = new Map(sources.map((one) => [one.id, datasetOf(one)]));
  const { name, namespace, facets } = datasetOf(product);
  const fields = Map.groupBy(rows, ({ field }) => field);
  const made = [...fields].flatMap(([field, of]) =>
    field ? [[field, { inputFields: inputFields(of, datasets) }] as const] : [],
  );
  const columnLineage = {
    ...facet(COLUMNS),
    fields: Object.fromEntries(made),
    dataset: inputFields(fields.get('') ?? [], datasets),
  };
  return {
    ...{ eventTime: now().toISOString(), producer: namespace, schemaURL: JOB_EVENT },
    job: { namespace, name },
    inputs: [...datasets.values()],
    outputs: [{ namespace, name, facets: { ...facets, columnLineage } }],
  };
}

const select = {
  ...{ id: true, name: true, version: true, descriptor: true },
  domain: { select: { name: true } },
} as const;
const facet = (schema: string) => ({ _producer: publicOrigin(), _schemaURL: schema });

interface Row {
  name: string;
  descriptor: unknown;
  domain: { name: string };
}

function datasetOf({ name, descriptor, domain }: Row): Dataset {
  const { schema } = (descriptor as DataProduct).spec;
  const fields = schema.map(({ name: column, type, description }) => ({
    ...{ name: column, type },
    ...(description && { description }),
  }));
  return {
    ...datasetName(`${domain.name}/${name}`),
    facets: { schema: { ...facet(SCHEMA), fields } },
  };
}

/** Each column of a source once, with every way in which it takes part. */
function inputFields(
  rows: readonly { sourceId: string | null; sourceColumn: string; how: string }[],
  datasets: ReadonlyMap<string, Dataset>,
): InputField[] {
  const byColumn = Map.groupBy(rows, (row) => JSON.stringify([row.sourceId, row.sourceColumn]));
  return [...byColumn.values()].map((of) => {
    const { namespace, name } = datasets.get(of[0]!.sourceId ?? '')!;
    const transformations = of.map(({ how }) => ({
      type: isDirect(how as never) ? ('DIRECT' as const) : ('INDIRECT' as const),
      ...{ subtype: how.toUpperCase(), description: '', masking: false },
    }));
    return { namespace, name, field: of[0]!.sourceColumn, transformations };
  });
}
