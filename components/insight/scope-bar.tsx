import Form from 'next/form';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { Tabs } from '@/components/ui/tabs';
import type { PeriodView } from '@/lib/insight';
import { periodText } from './period-words';
import { type InsightScope, insightHref, scopedHref } from './scope-href';

export const RANGES = { '7d': '7 days', '30d': '30 days', '90d': '90 days', '365d': 'A year' };
const COMPARISONS = [
  { value: 'previous', label: 'The days before' },
  { value: 'year', label: 'The same days a year before' },
  { value: 'none', label: 'Nothing' },
];

interface RangeTabsProps {
  scope: InsightScope;
  metric?: string;
  /** The dashboard's path, when it is not the overview's. */
  path?: string;
  period?: PeriodView;
}

/** How far back the figures look, and what they are compared with. */
export function RangeTabs({ scope, metric, path, period }: RangeTabsProps) {
  const here = path ?? insightHref({ range: '30d' }, metric);
  const { from: _from, to: _to, ...ranged } = scope;
  return (
    <div className="mb-6">
      <Tabs
        label="Time range"
        current={scopedHref(here, scope)}
        items={Object.entries(RANGES).map(([range, label]) => ({
          href: scopedHref(here, { ...ranged, range }),
          label,
        }))}
      />
      {scope.problem && (
        <Callout tone="warn" title="These days cannot be shown" className="mt-3">
          {scope.problem}
        </Callout>
      )}
      {period && <PeriodForm scope={scope} here={here} period={period} />}
    </div>
  );
}

/** Other days, and another comparison: by the address, so that the view can be shared. */
function PeriodForm({
  scope,
  here,
  period,
}: {
  scope: InsightScope;
  here: string;
  period: PeriodView;
}) {
  const { domain, product, mine, range, compare, from, to } = scope;
  const kept = { domain, product, mine, ...(range !== '30d' && { range }) };
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit cursor-pointer text-muted">
        {periodText(period)} · <span className="link">Change</span>
      </summary>
      <Form
        // The fields begin anew with what the address says.
        key={JSON.stringify(scope)}
        action={here}
        className="mt-3 flex max-w-3xl flex-wrap items-end gap-3 rounded-lg border bg-surface p-4"
      >
        {Object.entries(kept).map(
          ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
        )}
        <Field label="Compare with" className="min-w-52 flex-1">
          <Select name="compare" options={COMPARISONS} defaultValue={compare ?? 'previous'} />
        </Field>
        <Field label="From" optional>
          <Input type="date" name="from" defaultValue={from} min="2000-01-01" />
        </Field>
        <Field label="To" optional>
          <Input type="date" name="to" defaultValue={to} min="2000-01-01" />
        </Field>
        <Button type="submit">Show</Button>
      </Form>
    </details>
  );
}

/** Where this is: the mesh, a domain, a product, what the viewer owns. */
export function scopeCrumbs(scope: InsightScope, last?: string) {
  const { domain, product, mine, range, compare, from, to } = scope;
  const span = { range, compare, from, to };
  return [
    { label: 'Insight', href: insightHref(span) },
    ...(mine && !domain ? [{ label: 'Your products', href: insightHref({ ...span, mine }) }] : []),
    ...(domain ? [{ label: domain, href: insightHref({ ...span, domain }) }] : []),
    ...(domain && product ? [{ label: product, href: insightHref(scope) }] : []),
    ...(last ? [{ label: last }] : []),
  ];
}

export const scopeWords = ({ domain, product, mine }: InsightScope): string =>
  product
    ? `${domain}/${product}`
    : domain
      ? `the domain ${domain}`
      : mine
        ? 'the products that you own'
        : 'the mesh';
