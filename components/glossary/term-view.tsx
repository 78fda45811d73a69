import { BookA } from 'lucide-react';
import Link from 'next/link';
import { statusLabel } from '@/components/products/labels';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { TermDetail, TermPlaces, TermUse } from '@/lib/glossary';
import { TermStatus } from './glossary-view';
import { LinkDialog } from './link-dialog';
import { ApproveButton, DeleteTermButton, UnlinkButton } from './term-actions';
import { TermDialog } from './term-dialog';
import { termHref } from './term-href';

interface TermViewProps {
  term: TermDetail;
  places: TermPlaces;
  /** Whether the uses are shown from their beginning. */
  isFirst: boolean;
}

/** What a term means, and where it is used. */
export function TermView({ term, places, isFirst }: TermViewProps) {
  return (
    <>
      <PageHeader
        title={term.name}
        crumbs={[{ label: 'Glossary', href: '/glossary' }, { label: term.name }]}
        badges={
          <>
            <TermStatus status={term.status} />
            <Badge title="Where it means this">{term.domain?.title ?? 'Whole mesh'}</Badge>
          </>
        }
        actions={
          <>
            {term.mayEdit && <DeleteTermButton term={term} />}
            {term.mayEdit && <TermDialog term={term} places={places} />}
            {term.mayApprove && <ApproveButton term={term} />}
          </>
        }
      />
      <div className="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-6">
          <Card title="What it means">
            <p className="max-w-prose break-words whitespace-pre-wrap" dir="auto">
              {term.definition}
            </p>
          </Card>
          <Uses term={term} isFirst={isFirst} />
        </div>
        <Facts term={term} />
      </div>
    </>
  );
}

function Facts({ term }: { term: TermDetail }) {
  const { synonyms, related, owner, approvedBy, approvedAt, updatedAt } = term;
  return (
    <Card title="Facts" className="self-start">
      <KeyValue
        items={[
          {
            label: 'Also called',
            value: synonyms.length > 0 ? synonyms.join(', ') : 'nothing else',
          },
          {
            label: 'Related terms',
            value:
              related.length === 0 ? (
                'none'
              ) : (
                <span className="flex flex-wrap gap-x-3 gap-y-1">
                  {related.map((one) => (
                    <Link key={one.slug} href={termHref(one.slug)} className="link">
                      {one.name}
                    </Link>
                  ))}
                </span>
              ),
          },
          {
            label: 'Owner',
            value: (
              <span>
                {owner.name}
                <span className="block text-sm break-all text-subtle">{owner.email}</span>
              </span>
            ),
          },
          {
            label: 'Approved',
            value: approvedAt ? (
              <>
                by {approvedBy ?? 'a steward'}, <RelativeTime at={approvedAt} />
              </>
            ) : (
              'not yet'
            ),
          },
          { label: 'Changed', value: <RelativeTime at={updatedAt} /> },
          {
            label: 'Search',
            value: (
              <Link className="link" href={`/catalog?q=${encodeURIComponent(term.name)}`}>
                Products that match it
              </Link>
            ),
          },
        ]}
      />
    </Card>
  );
}

function Uses({ term, isFirst }: { term: TermDetail; isFirst: boolean }) {
  const { slug, uses, nextPage, mayLink } = term;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <Card title="Where it is used" flush actions={mayLink && <LinkDialog term={slug} />}>
        <Table
          caption="Products that hold the term"
          rows={uses}
          rowKey={({ address }) => address}
          empty={
            <EmptyState
              icon={<BookA />}
              title="No product is linked"
              description="Whoever may edit a product links it here, or on the product’s own page."
            />
          }
          columns={[
            { key: 'product', header: 'Product', rowHeader: true, cell: UseName },
            {
              key: 'where',
              header: 'Where',
              cell: (use) => <UseWhere use={use} term={slug} />,
            },
          ]}
        />
      </Card>
      <Pagination
        label="Pages of products"
        firstHref={isFirst ? null : termHref(slug)}
        nextHref={nextPage && `${termHref(slug)}?after=${encodeURIComponent(nextPage)}`}
      />
    </div>
  );
}

function UseName({ address, title, status }: TermUse) {
  const { tone, text } = statusLabel(status);
  return (
    <span className="flex flex-col gap-0.5">
      <span className="flex flex-wrap items-center gap-2">
        <Link href={`/products/${address}`} className="link">
          {title}
        </Link>
        <StatusBadge tone={tone}>{text}</StatusBadge>
      </span>
      <span className="font-mono text-xs font-normal break-all text-subtle">{address}</span>
    </span>
  );
}

function UseWhere({ use, term }: { use: TermUse; term: string }) {
  const { address, isWhole, columns, mayUnlink } = use;
  const places = [
    ...(isWhole ? [{ column: '', text: 'The product as a whole', isGone: false }] : []),
    ...columns.map(({ name, isGone }) => ({ column: name, text: name, isGone })),
  ];
  return (
    <ul className="flex flex-col">
      {places.map(({ column, text, isGone }) => (
        <li key={column} className="flex items-center gap-1.5">
          <span className={column ? 'font-mono text-sm break-all' : undefined}>{text}</span>
          {isGone && <StatusBadge tone="warn">not in the contract</StatusBadge>}
          {mayUnlink && <UnlinkButton term={term} product={address} column={column} />}
        </li>
      ))}
    </ul>
  );
}
