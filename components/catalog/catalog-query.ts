import type { Query } from '@/components/ui/href';
import type { FacetName } from '@/lib/catalog';

export const CATALOG_PATH = '/catalog';

/** The first value of a parameter. */
export const one = (value: string | string[] | undefined): string => [value ?? ''].flat()[0] ?? '';

/** A facet's chosen values; `?tag=a&tag=b` and `?tag=a,b` are the same. */
export const chosenOf = (query: Query, name: FacetName): string[] =>
  [query[name] ?? []]
    .flat()
    .flatMap((value) => value.split(','))
    .filter(Boolean);
