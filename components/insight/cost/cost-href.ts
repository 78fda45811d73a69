import { hrefWith } from '@/components/ui/href';
import type { InsightScope } from '../scope-href';

/** The dashboard of costs of a scope; the usual range is left out. */
export const costHref = ({ range, domain }: InsightScope): string =>
  hrefWith('/insight/cost', {}, { domain: domain ?? null, range: range === '30d' ? null : range });

/** One of the pages below it, of a domain or the mesh. */
export const costListHref = (
  part: 'unused' | 'duplicates',
  changes: Record<string, string | null>,
): string => hrefWith(`/insight/cost/${part}`, {}, changes);
