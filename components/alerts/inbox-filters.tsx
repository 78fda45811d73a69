import Form from 'next/form';
import { Button, ButtonLink } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { hrefWith, type Query } from '@/components/ui/href';
import { Select } from '@/components/ui/input';
import type { InboxFacets } from '@/lib/alerts';

interface InboxFiltersProps {
  path: string;
  facets: InboxFacets;
  group: string;
  product: string;
  query: Query;
}

/** Which alerts are shown; the address holds it, and it works without scripts. */
export function InboxFilters({ path, facets, group, product, query }: InboxFiltersProps) {
  const isFiltered = group !== '' || product !== '';
  const products = facets.products.map(({ value }) => value);
  return (
    <Form action={path} className="mb-4 flex flex-wrap items-end gap-3">
      {query.unread && <input type="hidden" name="unread" value="true" />}
      <Field label="About" className="w-full sm:w-52">
        <Select
          key={group}
          name="group"
          defaultValue={group}
          placeholder="Everything"
          options={facets.groups.map(({ value, label, count }) => ({
            value,
            label: `${label} (${count})`,
          }))}
        />
      </Field>
      <Field label="Product" className="w-full sm:w-72">
        <Select
          key={product}
          name="product"
          defaultValue={product}
          placeholder="All products"
          options={[
            ...(product && !products.includes(product) ? [{ value: product, label: product }] : []),
            ...facets.products.map(({ value, count }) => ({ value, label: `${value} (${count})` })),
          ]}
        />
      </Field>
      <Button type="submit">Show</Button>
      {isFiltered && (
        <ButtonLink href={hrefWith(path, query, { group: null, product: null })} variant="ghost">
          Show all
        </ButtonLink>
      )}
    </Form>
  );
}
