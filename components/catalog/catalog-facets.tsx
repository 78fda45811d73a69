import { SlidersHorizontal } from 'lucide-react';
import { statusLabel, titleCase } from '@/components/products/labels';
import { Facets } from '@/components/ui/facets';
import { hrefToggling, hrefWith, type Query } from '@/components/ui/href';
import { type CatalogPage, FACETS, type FacetCount, type FacetName } from '@/lib/catalog';
import { CATALOG_PATH, chosenOf } from './catalog-query';

const TITLES: Record<FacetName, string> = {
  domain: 'Domain',
  classification: 'Classification',
  status: 'Status',
  certified: 'Certified',
  quality: 'Quality',
  port: 'Port',
  tag: 'Tag',
  owner: 'Owner',
};
const BANDS: Record<string, string> = {
  high: '95 and more',
  fair: '80 to 95',
  low: 'Under 80',
  unmeasured: 'Not measured',
};

interface FacetsProps {
  page: CatalogPage;
  query: Query;
}

/** What the results can be narrowed by: beside them on a wide screen, folded away on a narrow one. */
export function CatalogFacets(props: FacetsProps) {
  return (
    <div>
      <details className="group rounded-lg border bg-surface p-3 lg:hidden">
        <summary className="flex cursor-pointer items-center gap-2 font-medium">
          <SlidersHorizontal className="size-4" aria-hidden /> Filters
        </summary>
        <div className="mt-3">
          <Groups {...props} label="Filters (narrow screen)" />
        </div>
      </details>
      <div className="hidden lg:block">
        <Groups {...props} label="Filters" />
      </div>
    </div>
  );
}

function Groups({ page, query, label }: FacetsProps & { label: string }) {
  const groups = FACETS.map((name) => {
    const chosen = chosenOf(query, name);
    const isCapped = chosen.length > 0 ? page.isChoiceCapped : page.isCapped;
    return {
      title: TITLES[name],
      options: withChosen(page.facets[name], chosen).map((facet) => ({
        label: labelOf(name, facet),
        count: isCapped ? `${facet.count}+` : facet.count,
        href: hrefToggling(CATALOG_PATH, query, name, facet.value),
        isSelected: chosen.includes(facet.value),
      })),
    };
  });
  const cleared = Object.fromEntries(FACETS.map((name) => [name, null]));
  return (
    <Facets label={label} groups={groups} clearHref={hrefWith(CATALOG_PATH, query, cleared)} />
  );
}

/** A chosen value stays in the list even when nothing matches it, so that it can be taken away. */
function withChosen(facets: FacetCount[], chosen: string[]): FacetCount[] {
  const missing = chosen.filter((value) => !facets.some((facet) => facet.value === value));
  return [...facets, ...missing.map((value) => ({ value, label: value, count: 0 }))];
}

function labelOf(name: FacetName, { value, label }: FacetCount): string {
  if (name === 'status') return statusLabel(value).text;
  if (name === 'certified') return value === 'yes' ? 'Certified' : 'Not certified';
  if (name === 'quality') return BANDS[value] ?? label;
  return name === 'classification' || name === 'port'
    ? titleCase(label.replaceAll('_', ' '))
    : label;
}
