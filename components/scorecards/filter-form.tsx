import Form from 'next/form';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { SearchInput } from '@/components/ui/search-input';
import type { ScorecardFilter, ScorecardWords } from '@/lib/insight';

const PATH = '/insight/scorecards';
const SORTS = { lowest: 'Lowest level first', highest: 'Highest level first', name: 'By name' };
const STATES = { fail: 'fails', pass: 'passes', unknown: 'could not be computed' };
const options = (of: Record<string, string>) =>
  Object.entries(of).map(([value, label]) => ({ value, label }));

interface FilterFormProps {
  words: ScorecardWords;
  domains: { name: string; title: string }[];
  filter: ScorecardFilter;
}

/** Narrows and sorts the list; the address holds the choice. */
export function FilterForm({ words, domains, filter }: FilterFormProps) {
  const { q, domain, property, level, check, state, sort } = filter;
  return (
    <Form action={PATH} role="search" className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <SearchInput
        name="q"
        label="Search products by title or name"
        defaultValue={q}
        maxLength={100}
        className="self-end"
      />
      <Field label="Domain">
        <Select
          name="domain"
          defaultValue={domain ?? ''}
          placeholder="All domains"
          options={domains.map(({ name, title }) => ({ value: name, label: title }))}
        />
      </Field>
      <Field label="Property">
        <Select
          name="property"
          defaultValue={property ?? ''}
          placeholder="The whole"
          options={words.properties.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </Field>
      <Field label="Level">
        <Select
          name="level"
          defaultValue={level === undefined ? '' : String(level)}
          placeholder="Any"
          options={words.levels.map((label, at) => ({ value: String(at), label }))}
        />
      </Field>
      <Field label="Check" className="sm:col-span-2">
        <Select
          name="check"
          defaultValue={check ?? ''}
          placeholder="Any"
          options={words.checks.map(({ id, title }) => ({ value: id, label: title }))}
        />
      </Field>
      <Field label="State">
        <Select name="state" defaultValue={state ?? 'fail'} options={options(STATES)} />
      </Field>
      <Field label="Order">
        <Select name="sort" defaultValue={sort ?? 'lowest'} options={options(SORTS)} />
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit">Show</Button>
        <Link href={PATH} className="link text-sm">
          Clear
        </Link>
      </div>
    </Form>
  );
}
