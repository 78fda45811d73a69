import Link from 'next/link';
import type { ReactNode } from 'react';
import { Rating } from '@/components/community/stars';
import { insightHref } from '@/components/insight/scope-href';
import { OutsideLink, priceText } from '@/components/products/contract-promises';
import { bytesText, countText, titleCase } from '@/components/products/labels';
import { percentText, promiseText } from '@/components/slo/slo-words';
import { StandingBadge } from '@/components/slo/standing-badge';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { ComparedProduct } from '@/lib/catalog';
import type { ProductCost } from '@/lib/insight';
import { figureText } from '@/lib/insight/words';

/** Stays in sight while the products are scrolled. */
export const FACT_COLUMN = 'sticky left-0 z-1 w-44 min-w-28 bg-surface align-top sm:min-w-44';

/** What each costs, by address; a product without an entry has no cost that is known. */
export type CostsByAddress = Readonly<Record<string, ProductCost>>;
type Shown = ComparedProduct & { spent: ProductCost | undefined };

interface Fact {
  label: string;
  show: (product: Shown) => ReactNode;
}

/** What nobody measured or wrote is said so; nothing stands in for it. */
const none = (words: string) => <span className="text-subtle">{words}</span>;
const NOT_MEASURED = none('not measured');
const NOT_GIVEN = none('none given');

const IDENTITY: Fact[] = [
  { label: 'Domain', show: ({ domainTitle }) => domainTitle },
  {
    label: 'Owner',
    show: ({ ownerName, ownerEmail }) => <span title={ownerEmail}>{ownerName}</span>,
  },
  { label: 'Version', show: ({ version }) => <span className="tabular">{version}</span> },
  { label: 'Classification', show: ({ classification }) => titleCase(classification) },
  {
    label: 'Template',
    show: ({ template }) => <span className="font-mono text-sm">{template}</span>,
  },
  { label: 'Tags', show: ({ tags }) => <Badges all={tags} /> },
  {
    label: 'Ports',
    show: ({ ports }) => <Badges all={ports.map(({ name, type }) => `${name} (${type})`)} />,
  },
];

const PROMISES: Fact[] = [
  { label: 'Objectives', show: (product) => <Objectives product={product} /> },
  {
    label: 'All together',
    show: ({ standing }) => (standing ? <StandingBadge standing={standing} /> : NOT_GIVEN),
  },
  { label: 'Usage', show: ({ terms }) => terms?.usage || NOT_GIVEN },
  { label: 'Limitations', show: ({ terms }) => terms?.limitations || NOT_GIVEN },
  { label: 'Licence and terms', show: (product) => <Definitions product={product} /> },
];

const MEASURED: Fact[] = [
  {
    label: 'Quality score',
    show: ({ quality }) =>
      quality?.score == null ? (
        NOT_MEASURED
      ) : (
        <span className="tabular">{quality.score.toFixed(1)} of 100</span>
      ),
  },
  { label: 'Failing rules', show: (product) => <Failing product={product} /> },
  {
    label: 'Freshness',
    show: ({ snapshotAt }) => (snapshotAt ? <RelativeTime at={snapshotAt} /> : none('no data yet')),
  },
  {
    label: 'Reads in 30 days',
    show: ({ use }) => <span className="tabular">{countText(use.reads)}</span>,
  },
  {
    label: 'Readers in 30 days',
    show: ({ use }) => <span className="tabular">{countText(use.readers)}</span>,
  },
  {
    label: 'Rating',
    show: ({ rating }) => (rating ? <Rating rating={rating} /> : none('no reviews')),
  },
];

const COST: Fact[] = [
  { label: 'Rows', show: ({ rowCount }) => figure(rowCount, countText) },
  { label: 'Columns', show: ({ columnCount }) => figure(columnCount, countText) },
  { label: 'Size that is served', show: ({ sizeBytes }) => figure(sizeBytes, bytesText) },
  {
    label: 'Kept in all, with earlier loads',
    show: ({ keptBytes }) => figure(keptBytes || null, bytesText),
  },
  {
    label: 'Cost of 30 days',
    show: ({ address, spent }) => (
      <Link className="link" href={insightHref(scopeAt(address), 'data_cost')}>
        {spent?.cost == null ? 'no prices are set' : figureText(spent.cost, spent.unit)}
      </Link>
    ),
  },
  {
    label: 'Cost of a read',
    show: ({ spent }) =>
      figure(spent?.perRead ?? null, (value) => figureText(value, spent?.unit ?? 'money')),
  },
  { label: 'Price', show: ({ price }) => (price ? priceText(price) : NOT_GIVEN) },
];

const GROUPS = [
  { title: 'What they are', facts: IDENTITY },
  { title: 'What they promise', facts: PROMISES },
  { title: 'How they do', facts: MEASURED },
  { title: 'Storage and cost', facts: COST },
];

/** A table for each kind of fact; each scrolls inside itself. */
export function ComparedFacts(props: { products: ComparedProduct[]; costs: CostsByAddress }) {
  const products = props.products.map((one) => ({ ...one, spent: props.costs[one.address] }));
  return GROUPS.map(({ title, facts }) => (
    <Card key={title} title={title} flush>
      <Table
        caption={title}
        rows={facts}
        rowKey={({ label }) => label}
        columns={[
          {
            key: 'fact',
            header: <span className="sr-only">Fact</span>,
            rowHeader: true,
            className: FACT_COLUMN,
            cell: ({ label }) => <span className="text-sm text-muted">{label}</span>,
          },
          ...products.map((product) => ({
            key: product.address,
            header: product.title,
            className: 'min-w-52 align-top',
            cell: ({ show }: Fact) => show(product),
          })),
        ]}
      />
    </Card>
  ));
}

function scopeAt(address: string) {
  const [domain, product] = address.split('/');
  return { range: '30d', domain, product };
}

const figure = (value: number | null, text: (value: number) => string) =>
  value === null ? NOT_MEASURED : <span className="tabular">{text(value)}</span>;

function Badges({ all }: { all: readonly string[] }) {
  if (all.length === 0) return NOT_GIVEN;
  return (
    <span className="flex flex-wrap gap-1">
      {all.map((one) => (
        <Badge key={one}>{one}</Badge>
      ))}
    </span>
  );
}

function Objectives({ product: { objectives } }: { product: ComparedProduct }) {
  if (objectives.length === 0) return NOT_GIVEN;
  return (
    <ul className="flex flex-col gap-2.5">
      {objectives.map((one) => (
        <li key={one.key} className="flex flex-col gap-0.5">
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{one.title}</span>
            <StandingBadge standing={one.standing} />
          </span>
          <span className="text-sm text-muted">
            {promiseText(one)}
            {one.sli === null ? '; not measured yet' : `; so far ${percentText(one.sli)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Definitions({ product: { terms } }: { product: ComparedProduct }) {
  const all = terms?.definitions ?? [];
  if (all.length === 0) return NOT_GIVEN;
  return (
    <ul className="flex flex-col gap-1">
      {all.map(({ type, url }) => (
        <li key={type + url}>
          {type}: {/^https?:\/\//.test(url) ? <OutsideLink href={url}>{url}</OutsideLink> : url}
        </li>
      ))}
    </ul>
  );
}

function Failing({ product: { quality } }: { product: ComparedProduct }) {
  if (!quality) return NOT_MEASURED;
  const { failing, failingCount, rules } = quality;
  if (failingCount === 0) return `none of ${rules}`;
  const more = failingCount - failing.length;
  return (
    <>
      {failingCount} of {rules}
      <ul className="mt-1 list-disc pl-4 text-sm text-muted">
        {failing.map(({ name, check, column }) => (
          <li key={name} className="break-words">
            {name}{' '}
            <span className="font-mono text-xs">({[check, column].filter(Boolean).join(' ')})</span>
          </li>
        ))}
        {more > 0 && <li>and {more} more</li>}
      </ul>
    </>
  );
}
