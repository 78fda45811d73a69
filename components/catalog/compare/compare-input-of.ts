import type { Query } from '@/components/ui/href';
import { CompareInput } from '@/lib/catalog/compare/input';

/** An address's parameters as a comparison; null when they name no two products. What else is not understood is left out. */
export function compareInputOf(query: Query): CompareInput | null {
  const { p, only, after } = query;
  const given = { p, only: [only].flat()[0], after: [after].flat()[0] } as Record<string, unknown>;
  const issues = CompareInput.safeParse(given).error?.issues ?? [];
  for (const { path } of issues) delete given[String(path[0])];
  return given.p === undefined ? null : (given as CompareInput);
}
