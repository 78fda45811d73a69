import { z } from 'zod';
import { DIRECT, type How, INDIRECT } from '../sql';
import type { Dataset } from './names';

const MAX_PAIRS = 5000;

/** One column of an output, with one that it is made of or decided by. */
export interface ColumnPair {
  /** Empty for what decides which rows there are. */
  field: string;
  source: Dataset;
  sourceColumn: string;
  how: How;
}

const text = z.string().max(2000);
const inputField = z.looseObject({
  ...{ namespace: text, name: text, field: text },
  transformations: z
    .array(z.looseObject({ type: z.string(), subtype: z.string().nullish() }))
    .nullish(),
});
/** Versions 1-0-0 to 1-2-0 of the ColumnLineageDatasetFacet. */
const facet = z.looseObject({
  fields: z.record(text, z.looseObject({ inputFields: z.array(inputField) })),
  dataset: z.array(inputField).optional(),
});

/** What a column lineage facet says; null pairs without one. A facet that cannot be read is a warning. */
export function columnPairs(raw: unknown): { pairs: ColumnPair[] | null; warning?: string } {
  if (raw === undefined) return { pairs: null };
  const { data, error } = facet.safeParse(raw);
  if (error) {
    const [issue] = error.issues;
    const at = issue?.path.join('.');
    return { pairs: null, warning: `columnLineage could not be read at ${at}: ${issue?.message}` };
  }
  const pairs = [
    ...Object.entries(data.fields).flatMap(([field, { inputFields }]) =>
      inputFields.flatMap((one) => pairsOf(field, one)),
    ),
    ...(data.dataset ?? []).flatMap((one) => pairsOf('', one)),
  ];
  if (pairs.length <= MAX_PAIRS) return { pairs };
  const warning = `columnLineage has ${pairs.length} pairs of columns, of which ${MAX_PAIRS} are kept`;
  return { pairs: pairs.slice(0, MAX_PAIRS), warning };
}

function pairsOf(field: string, input: z.output<typeof inputField>): ColumnPair[] {
  const { namespace, name, field: sourceColumn, transformations } = input;
  const ways = new Set((transformations ?? []).map(howOf));
  const common = { field, source: { namespace, name, productId: null }, sourceColumn };
  return [...(ways.size > 0 ? ways : ([field ? 'transformation' : 'filter'] as How[]))].map(
    (how) => ({ ...common, how }),
  );
}

/** Subtypes are free text in the specification; what is not known is told by its type. */
function howOf({ type, subtype }: { type: string; subtype?: string | null | undefined }): How {
  const word = subtype?.toLowerCase();
  const known = [...DIRECT, ...INDIRECT].find((how) => how === word);
  return known ?? (type.toUpperCase() === 'INDIRECT' ? 'conditional' : 'transformation');
}
