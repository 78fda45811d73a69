import type { EtlSpec } from '@/lib/platform';
import type { DataProduct } from '@/lib/specs';

/** Whether a contract needs rows of its own; beside an old version it always does. */
export function needsLoad(
  before: { descriptor: unknown; etl: unknown },
  after: { descriptor: unknown; etl: unknown; bump: string | null },
): boolean {
  if (after.bump === 'major') return true;
  const partsOf = ({ descriptor, etl }: { descriptor: unknown; etl: unknown }) => {
    const { spec } = descriptor as DataProduct;
    const { schedule: _, ...made } = etl as EtlSpec;
    const shape = spec.schema.map(({ name, type, precision, scale, timezone, items, fields }) => [
      ...[name, type, precision, scale, timezone, items, fields],
    ]);
    return JSON.stringify([shape, spec.classification, made.extract, made.transform]);
  };
  return partsOf(before) !== partsOf(after);
}
