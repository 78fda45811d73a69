import { ButtonLink } from '@/components/ui/button';
import { hrefWith, type Query } from '@/components/ui/href';
import { EmptyState } from '@/components/ui/states';
import { FACETS } from '@/lib/catalog';
import { CATALOG_PATH, chosenOf, one } from './catalog-query';

/** What to do next: fewer filters, fewer words, or all there is. */
export function NothingFound({ query, canCreate }: { query: Query; canCreate: boolean }) {
  const q = one(query.q);
  const isFiltered = FACETS.some((name) => chosenOf(query, name).length > 0);
  if (!q && !isFiltered) {
    return (
      <EmptyState
        title="The catalogue is empty"
        description="A data product appears here as soon as somebody has created one."
        actions={
          canCreate && (
            <ButtonLink href="/products/new" variant="primary">
              Create the first product
            </ButtonLink>
          )
        }
      />
    );
  }
  const words = q.split(/\s+/).filter((word) => word.length > 2);
  const cleared = Object.fromEntries(FACETS.map((name) => [name, null]));
  return (
    <EmptyState
      title="Nothing matches"
      description="Try fewer words or filters. Names, columns, tags, owners, domains and documentation are all searched."
      actions={
        <>
          {isFiltered && (
            <ButtonLink href={hrefWith(CATALOG_PATH, query, cleared)} variant="primary">
              Search without filters
            </ButtonLink>
          )}
          {words.length > 1 &&
            words.slice(0, 3).map((word) => (
              <ButtonLink key={word} href={hrefWith(CATALOG_PATH, {}, { q: word })}>
                Search for “{word}”
              </ButtonLink>
            ))}
          <ButtonLink href={CATALOG_PATH}>Show everything</ButtonLink>
        </>
      }
    />
  );
}
