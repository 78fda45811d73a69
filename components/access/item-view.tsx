import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { PageHeader } from '@/components/ui/page-header';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ItemView as Item } from '@/lib/access';
import { DecideForm, RequesterForms } from './decide-forms';
import { EVENT_WORDS, ITEM_STATES } from './item-states';
import { TermsText } from './terms-text';

const WAITING = ['open', 'question'];

/** One request for one product: what is asked, what was said, what can be done. */
export function ItemView({ item }: { item: Item }) {
  const state = ITEM_STATES[item.status];
  const isWaiting = WAITING.includes(item.status);
  const isDecided = item.status === 'active' || item.status === 'granting';
  return (
    <>
      <RefreshWhile active={item.status === 'granting'} />
      <PageHeader
        title={`Access to ${item.product.title}`}
        crumbs={[
          item.isMine
            ? { label: 'My requests', href: '/access/requests' }
            : { label: 'To decide', href: '/access/inbox' },
          { label: item.product.title },
        ]}
        badges={
          <>
            <StatusBadge tone={state?.tone ?? 'neutral'}>{state?.label ?? item.status}</StatusBadge>
            <Badge title="Classification">{item.product.classification}</Badge>
          </>
        }
      />
      <div className="grid gap-6">
        <Card title="What is asked">
          <KeyValue
            items={[
              {
                label: 'Product',
                value: (
                  <Link className="link" href={`/products/${item.product.address}`}>
                    {item.product.address}
                  </Link>
                ),
              },
              { label: 'Asked by', value: `${item.requester.name} (${item.requester.email})` },
              { label: 'For', value: item.holder },
              { label: 'Purpose', value: item.purposeTitle },
              { label: 'In their words', value: item.note },
              { label: 'Duration', value: `${item.days} days` },
              ...(isDecided ? [{ label: 'Opens', value: <TermsText terms={item.terms} /> }] : []),
            ]}
          />
          {item.status === 'active' && item.isMine && (
            <ButtonLink className="mt-4" variant="primary" href="/my-data">
              Read it: My data
            </ButtonLink>
          )}
        </Card>
        {item.canDecide && isWaiting && (
          <Card title="Decide">
            <DecideForm item={item} />
          </Card>
        )}
        {item.isMine && isWaiting && (
          <Card title={item.status === 'question' ? 'The owner asks' : 'While it waits'}>
            <RequesterForms item={item} />
          </Card>
        )}
        <History events={item.events} />
      </div>
    </>
  );
}

function History({ events }: { events: Item['events'] }) {
  return (
    <Card title="History" description="Nothing of it is ever changed.">
      <ol className="grid gap-4">
        {events.map((event) => (
          <li key={`${event.at} ${event.kind}`} className="border-l-2 pl-4">
            <p>
              <span className="font-medium">{event.by}</span>{' '}
              {EVENT_WORDS[event.kind] ?? event.kind}
              <span className="text-subtle">
                {' '}
                · <RelativeTime at={event.at} />
              </span>
            </p>
            {event.note && <p className="mt-0.5 break-words text-muted">{event.note}</p>}
          </li>
        ))}
      </ol>
    </Card>
  );
}
