import { Bell, BookMarked, CircleCheck, Flame } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Rating } from '@/components/community/stars';
import { StatusBadge, type StatusTone } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { InboxRow } from '@/lib/alerts';
import type { PopularProduct, RecentProduct } from '@/lib/community';
import type { DraftRow, FailedRunRow, NeedItem, NeedKind } from '@/lib/insight';

const rowLook = 'flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5';

interface RowProps {
  href: string;
  title: string;
  detail?: ReactNode;
  children?: ReactNode;
}

/** A line of a list on the home page: where it leads, and small facts. */
export function HomeRow({ href, title, detail, children }: RowProps) {
  return (
    <li className={rowLook}>
      <span className="min-w-0">
        <Link href={href} className="link font-medium wrap-anywhere">
          {title}
        </Link>
        {detail}
      </span>
      <span className="flex flex-wrap items-center gap-2 text-sm text-muted">{children}</span>
    </li>
  );
}

const NEEDS: Record<NeedKind, { label: string; tone: StatusTone }> = {
  acknowledge: { label: 'Acknowledge', tone: 'warn' },
  incident: { label: 'Incident', tone: 'error' },
  violation: { label: 'Violation', tone: 'error' },
  question: { label: 'Question', tone: 'info' },
  request: { label: 'Access request', tone: 'info' },
  grant: { label: 'Access ends', tone: 'warn' },
  campaign: { label: 'Campaign', tone: 'info' },
};

interface NeedsYouProps {
  needs: NeedItem[];
  failedRuns: FailedRunRow[];
  drafts: DraftRow[];
}

export function NeedsYou({ needs, failedRuns, drafts }: NeedsYouProps) {
  if (needs.length + failedRuns.length + drafts.length === 0) {
    return (
      <Card title="Needs you">
        <EmptyState
          icon={<CircleCheck />}
          title="Nothing waits for you"
          description="Questions, requests for access, incidents, changes to acknowledge, access that ends, campaigns, failed runs and drafts show up here."
        />
      </Card>
    );
  }
  return (
    <Card title="Needs you">
      <ul className="divide-y">
        {needs.map((need) => (
          <HomeRow key={need.id} href={need.href} title={need.title}>
            <StatusBadge tone={NEEDS[need.kind].tone}>{NEEDS[need.kind].label}</StatusBadge>
            <span>
              {need.isDue ? 'until ' : ''}
              <RelativeTime at={need.at} />
            </span>
          </HomeRow>
        ))}
        {failedRuns.map((run) => (
          <HomeRow
            key={run.id}
            href={`/runs/${run.id}`}
            title={run.title}
            detail={run.error && <p className="line-clamp-2 text-sm text-muted">{run.error}</p>}
          >
            <StatusBadge tone="error">
              {run.kind === 'retire' ? 'Retiring failed' : 'Run failed'}
            </StatusBadge>
            <RelativeTime at={run.at} />
          </HomeRow>
        ))}
        {drafts.map((draft) => (
          <HomeRow key={draft.id} href={`/products/drafts/${draft.id}`} title={draft.title}>
            <StatusBadge tone="neutral">Draft</StatusBadge>
            <RelativeTime at={draft.updatedAt} />
          </HomeRow>
        ))}
      </ul>
    </Card>
  );
}

const SHOWN = 6;

/** The newest alerts: what happened to what the person owns, uses or follows. */
export function WhatChanged({ alerts }: { alerts: InboxRow[] }) {
  return (
    <Card
      title="What changed"
      actions={
        <Link href="/inbox" className="link text-sm">
          Inbox
        </Link>
      }
    >
      {alerts.length === 0 ? (
        <EmptyState
          icon={<Bell />}
          title="Nothing yet"
          description="Follow a product, and what happens to it stands here."
          actions={<ButtonLink href="/catalog">Find one</ButtonLink>}
        />
      ) : (
        <ul className="divide-y">
          {alerts.slice(0, SHOWN).map((alert) => (
            <HomeRow key={alert.id} href={alert.href ?? '/inbox'} title={alert.title}>
              {!alert.isRead && <StatusBadge tone="info">New</StatusBadge>}
              <RelativeTime at={alert.createdAt} />
            </HomeRow>
          ))}
        </ul>
      )}
    </Card>
  );
}

const Address = ({ address }: { address: string }) => (
  <span className="block font-mono text-xs break-all text-subtle">{address}</span>
);

/** What the person read last. */
export function ContinueReading({ products }: { products: RecentProduct[] }) {
  return (
    <Card title="Continue where you left off" description="What you read last">
      {products.length === 0 ? (
        <EmptyState
          icon={<BookMarked />}
          title="You have read nothing yet"
          description="Open the Data tab of a product, or read its rows by the API: it stands here then."
          actions={<ButtonLink href="/catalog">Browse the catalogue</ButtonLink>}
        />
      ) : (
        <ul className="divide-y">
          {products.map((product) => (
            <HomeRow
              key={product.id}
              href={`/products/${product.address}/data`}
              title={product.title}
              detail={<Address address={product.address} />}
            >
              <RelativeTime at={product.lastAt} />
            </HomeRow>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What most people read, with what they think of it. */
export function Popular({ products }: { products: PopularProduct[] }) {
  return (
    <Card title="Popular" description="By different people who were served rows in 30 days">
      {products.length === 0 ? (
        <EmptyState
          icon={<Flame />}
          title="Nobody has read anything lately"
          description="Products that people read show up here, most read first."
        />
      ) : (
        <ul className="divide-y">
          {products.map((product) => (
            <HomeRow
              key={product.id}
              href={`/products/${product.address}`}
              title={product.title}
              detail={<Address address={product.address} />}
            >
              {product.rating && <Rating rating={product.rating} />}
              <span className="tabular">
                {product.consumers} {product.consumers === 1 ? 'person' : 'people'}
              </span>
            </HomeRow>
          ))}
        </ul>
      )}
    </Card>
  );
}
