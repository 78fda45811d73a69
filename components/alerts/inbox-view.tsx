import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import type { InboxFacets, InboxRow } from '@/lib/alerts';
import { MarkAllButton, MarkButton, OpenLink } from './inbox-actions';
import { InboxFilters } from './inbox-filters';

const PATH = '/inbox';
const LEVEL: Record<InboxRow['level'], { label: string; tone: StatusTone }> = {
  info: { label: 'Note', tone: 'info' },
  warning: { label: 'Warning', tone: 'warn' },
  error: { label: 'Urgent', tone: 'error' },
};

interface InboxViewProps {
  items: InboxRow[];
  nextPage: string | null;
  facets: InboxFacets;
  filter: { unread?: boolean; group?: string; product?: string };
  query: Query;
}

/** What the person was told, newest first. */
export function InboxView({ items, nextPage, facets, filter, query }: InboxViewProps) {
  const { unread: onlyUnread = false, group = '', product = '' } = filter;
  const all = hrefWith(PATH, query, { unread: null });
  const unread = hrefWith(PATH, query, { unread: 'true' });
  const isFiltered = group !== '' || product !== '';
  return (
    <>
      <PageHeader
        title="Inbox"
        description="What needs you, and what happened to what is yours."
        actions={
          <>
            <ButtonLink href="/settings/notifications">E-mail settings</ButtonLink>
            {!isFiltered && items.some((one) => !one.isRead) && <MarkAllButton />}
          </>
        }
      />
      <Tabs
        label="Which alerts"
        className="mb-4"
        current={onlyUnread ? unread : all}
        items={[
          { href: all, label: 'All' },
          { href: unread, label: 'Unread' },
        ]}
      />
      {(facets.groups.length > 0 || isFiltered) && (
        <InboxFilters path={PATH} facets={facets} group={group} product={product} query={query} />
      )}
      <Card flush>
        {items.length === 0 ? (
          <EmptyState
            icon={<Inbox aria-hidden />}
            title={
              isFiltered ? 'Nothing of that' : onlyUnread ? 'Everything is read' : 'Nothing yet'
            }
            description="What waits for you, what happens to products that you own, use or follow, and answers to what you wrote are told here."
          />
        ) : (
          <ul className="divide-y">
            {items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </ul>
        )}
      </Card>
      <div className="mt-4">
        <Pagination
          firstHref={query.after ? hrefWith(PATH, query, { after: null }) : null}
          nextHref={nextPage && hrefWith(PATH, query, { after: nextPage })}
        />
      </div>
    </>
  );
}

function Item({ item }: { item: InboxRow }) {
  const { label, tone } = LEVEL[item.level];
  return (
    <li className={cn('flex items-start gap-3 px-5 py-3.5', item.isRead && 'bg-sunken/40')}>
      <div className="min-w-0 flex-1">
        <p className={cn('break-words', !item.isRead && 'font-semibold')}>
          {item.href ? (
            <OpenLink id={item.id} href={item.href} isRead={item.isRead}>
              {item.title}
            </OpenLink>
          ) : (
            item.title
          )}
        </p>
        {item.body && (
          <p className="mt-0.5 text-sm wrap-anywhere whitespace-pre-line text-muted [unicode-bidi:isolate]">
            {item.body}
          </p>
        )}
        <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-subtle">
          <StatusBadge tone={tone}>{label}</StatusBadge>
          <RelativeTime at={item.createdAt} />
          {item.product && (
            <Link
              href={hrefWith(PATH, {}, { product: item.product })}
              className="link font-mono text-xs break-all"
              title="Only alerts about this product"
            >
              {item.product}
            </Link>
          )}
          {!item.isRead && <span className="sr-only">unread</span>}
        </p>
      </div>
      <MarkButton id={item.id} isRead={item.isRead} />
    </li>
  );
}
