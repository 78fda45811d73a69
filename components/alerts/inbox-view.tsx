import { Inbox } from 'lucide-react';
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
import type { InboxRow } from '@/lib/alerts';
import { MarkAllButton, MarkButton, OpenLink } from './inbox-actions';

const PATH = '/inbox';
const LEVEL: Record<InboxRow['level'], { label: string; tone: StatusTone }> = {
  info: { label: 'Note', tone: 'info' },
  warning: { label: 'Warning', tone: 'warn' },
  error: { label: 'Urgent', tone: 'error' },
};

interface InboxViewProps {
  items: InboxRow[];
  nextPage: string | null;
  query: Query;
  onlyUnread: boolean;
}

/** What the person was told, newest first. */
export function InboxView({ items, nextPage, query, onlyUnread }: InboxViewProps) {
  const unread = hrefWith(PATH, {}, { unread: 'true' });
  return (
    <>
      <PageHeader
        title="Inbox"
        description="What needs you, and what happened to what is yours."
        actions={
          <>
            <ButtonLink href="/settings/notifications">E-mail settings</ButtonLink>
            {items.some((one) => !one.isRead) && <MarkAllButton />}
          </>
        }
      />
      <Tabs
        label="Which alerts"
        className="mb-4"
        current={onlyUnread ? unread : PATH}
        items={[
          { href: PATH, label: 'All' },
          { href: unread, label: 'Unread' },
        ]}
      />
      <Card flush>
        {items.length === 0 ? (
          <EmptyState
            icon={<Inbox aria-hidden />}
            title={onlyUnread ? 'Everything is read' : 'Nothing yet'}
            description="Policies and waivers that wait for you, violations, requests and grants that end are told here."
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
        {item.body && <p className="mt-0.5 text-sm break-words text-muted">{item.body}</p>}
        <p className="mt-1 flex flex-wrap items-center gap-2 text-sm text-subtle">
          <StatusBadge tone={tone}>{label}</StatusBadge>
          <RelativeTime at={item.createdAt} />
          {!item.isRead && <span className="sr-only">unread</span>}
        </p>
      </div>
      <MarkButton id={item.id} isRead={item.isRead} />
    </li>
  );
}
