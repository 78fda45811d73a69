import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { EmptyState } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import type { ItemRow } from '@/lib/access';
import { AccessTabs } from './access-tabs';
import { ItemsTable } from './items-table';

interface PageOfItems {
  items: ItemRow[];
  nextPage: string | null;
  after: string | undefined;
}

export function MyRequestsView({ items, nextPage, after }: PageOfItems) {
  return (
    <>
      <PageHeader
        title="My requests"
        description="What you asked for, what became of it, and every word that was said."
      />
      <AccessTabs current="/access/requests" />
      <Card flush>
        <ItemsTable
          caption="My requests"
          items={items}
          empty={
            <EmptyState
              title="You have not asked for anything"
              description="Open a product that you need and choose Ask for access on its Access tab."
              actions={<ButtonLink href="/catalog">Open the catalogue</ButtonLink>}
            />
          }
        />
      </Card>
      <Pages path="/access/requests" nextPage={nextPage} after={after} />
    </>
  );
}

export function InboxView({ items, nextPage, after, state }: PageOfItems & { state: string }) {
  const hrefOf = (one: string) => (one === 'waiting' ? '/access/inbox' : '/access/inbox?state=all');
  return (
    <>
      <PageHeader
        title="To decide"
        description="Requests for products that you own, administer, or look after while their owner is away."
      />
      <AccessTabs current="/access/inbox" />
      <Tabs
        label="Which requests"
        className="mb-4"
        current={hrefOf(state)}
        items={[
          { href: hrefOf('waiting'), label: 'Waiting' },
          { href: hrefOf('all'), label: 'All' },
        ]}
      />
      <Card flush>
        <ItemsTable
          caption="Requests to decide"
          items={items}
          empty={
            <EmptyState
              title="Nothing waits for you"
              description="Requests for your products arrive here, and in your inbox."
            />
          }
        />
      </Card>
      <Pages path={hrefOf(state)} nextPage={nextPage} after={after} />
    </>
  );
}

function Pages({ path, nextPage, after }: Omit<PageOfItems, 'items'> & { path: string }) {
  const glue = path.includes('?') ? '&' : '?';
  return (
    <div className="mt-4">
      <Pagination
        firstHref={after ? path : null}
        nextHref={nextPage && `${path}${glue}after=${nextPage}`}
      />
    </div>
  );
}
