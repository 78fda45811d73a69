import { BellRing } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { Pagination } from '@/components/ui/pagination';
import { EmptyState } from '@/components/ui/states';
import { SUBSCRIPTION_EVENTS } from '@/lib/alerts';
import type { FollowedProduct } from '@/lib/community';
import { FollowButton } from './follow-button';

interface FollowsCardProps {
  items: FollowedProduct[];
  nextPage: string | null;
  path: string;
  query: Query;
}

const EVENTS = Object.entries(SUBSCRIPTION_EVENTS);

/** The products that a person is told of, with their switches. */
export function FollowsCard({ items, nextPage, path, query }: FollowsCardProps) {
  return (
    <Card
      title="Products you are told of"
      description="Those that you follow, and those you hold a grant for. Of your own products you are told anyway."
      flush
    >
      {items.length === 0 ? (
        <EmptyState
          icon={<BellRing />}
          title="You follow no product"
          description="Press Follow on a product’s page to be told when it changes."
          actions={<ButtonLink href="/catalog">Find one</ButtonLink>}
        />
      ) : (
        <ul className="divide-y">
          {items.map((item) => (
            <li
              key={item.id}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-5 py-3"
            >
              <span className="min-w-0">
                <Link href={`/products/${item.address}`} className="link font-medium wrap-anywhere">
                  {item.title}
                </Link>
                <span className="block text-sm text-subtle">{wordsOf(item)}</span>
              </span>
              <span className="flex items-center gap-2">
                {item.byGrant && <Badge>By grant</Badge>}
                <FollowButton
                  size="sm"
                  productId={item.id}
                  title={item.title}
                  follow={item}
                  events={EVENTS}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      {(nextPage || query.after) && (
        <div className="border-t px-5 py-3">
          <Pagination
            label="Pages of products"
            firstHref={query.after ? hrefWith(path, query, { after: null }) : null}
            nextHref={nextPage && hrefWith(path, query, { after: nextPage })}
          />
        </div>
      )}
    </Card>
  );
}

function wordsOf({ isFollowing, muted }: FollowedProduct): string {
  if (!isFollowing) return 'Switched off';
  const on = EVENTS.length - muted.length;
  return muted.length === 0 ? 'Every event' : `${on} of ${EVENTS.length} events`;
}
