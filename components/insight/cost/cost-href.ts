import { hrefWith } from '@/components/ui/href';
import { type InsightScope, scopedHref } from '../scope-href';

export const COST_PATH = '/insight/cost';

/** The dashboard of costs of the mesh or a domain. */
export const costHref = ({ product: _product, mine: _mine, ...scope }: InsightScope): string =>
  scopedHref(COST_PATH, scope);

/** One of the pages below it, of a domain or the mesh. */
export const costListHref = (
  part: 'unused' | 'duplicates',
  changes: Record<string, string | null>,
): string => hrefWith(`/insight/cost/${part}`, {}, changes);
