import { Button, ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import type { Query } from '@/components/ui/href';
import { Input, Select } from '@/components/ui/input';
import { SearchInput } from '@/components/ui/search-input';

interface AuditFiltersProps {
  query: Query;
  domains: { name: string; title: string }[];
  problem?: string | undefined;
}

const ACTIONS = ['product.', 'access.', 'policy.', 'domain.', 'member.', 'token.', 'audit.'];

/** A plain form: it works before any script runs, and the address keeps every filter. */
export function AuditFilters({ query, domains, problem }: AuditFiltersProps) {
  const value = (name: string) => [query[name] ?? ''].flat()[0] ?? '';
  const key = JSON.stringify(query);
  const isFiltered = Object.entries(query).some(([name, set]) => set && name !== 'event');
  return (
    <form key={key} action="/governance/audit" className="rounded-lg border bg-surface p-4">
      <div className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-4">
        <Field label="Text">
          <SearchInput
            label="In actor, action, target, detail"
            name="text"
            defaultValue={value('text')}
          />
        </Field>
        <Field label="Actor">
          <Input name="actor" placeholder="E-mail or id" defaultValue={value('actor')} />
        </Field>
        <Field label="Action">
          <Input
            name="action"
            list="audit-actions"
            placeholder="product.read, or product."
            defaultValue={value('action')}
          />
        </Field>
        <Field label="Decision">
          <Select
            name="decision"
            defaultValue={value('decision')}
            options={[
              { value: '', label: 'Any' },
              { value: 'allow', label: 'Allowed' },
              { value: 'deny', label: 'Refused' },
            ]}
          />
        </Field>
        <Field label="Product">
          <Input name="product" placeholder="domain/product" defaultValue={value('product')} />
        </Field>
        <Field label="Domain">
          <Select
            name="domain"
            defaultValue={value('domain')}
            options={[
              { value: '', label: 'Any' },
              ...domains.map(({ name, title }) => ({ value: name, label: title })),
            ]}
          />
        </Field>
        <Field label="Probes of objectives">
          <Select
            name="probes"
            defaultValue={value('probes')}
            options={[
              { value: '', label: 'Hidden' },
              { value: 'show', label: 'Shown' },
            ]}
          />
        </Field>
        <Field label="From (UTC)">
          <Input type="datetime-local" name="from" defaultValue={value('from')} />
        </Field>
        <Field label="To (UTC)">
          <Input type="datetime-local" name="to" defaultValue={value('to')} />
        </Field>
      </div>
      <datalist id="audit-actions">
        {ACTIONS.map((action) => (
          <option key={action} value={action} />
        ))}
      </datalist>
      {problem && (
        <Callout tone="error" className="mt-3">
          {problem}
        </Callout>
      )}
      <div className="mt-4 flex gap-2">
        <Button type="submit" variant="primary">
          Apply
        </Button>
        {isFiltered && (
          <ButtonLink href="/governance/audit" variant="ghost">
            Clear
          </ButtonLink>
        )}
      </div>
    </form>
  );
}
