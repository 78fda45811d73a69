import type { Metadata } from 'next';
import { WebhookView } from '@/components/alerts/webhook-view';
import type { Query } from '@/components/ui/href';
import { NotForYou } from '@/components/ui/not-for-you';
import { DeliveryFilter, getWebhook } from '@/lib/alerts';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

export const metadata: Metadata = { title: 'Webhook' };

interface Props {
  params: Promise<{ id: string }>;
  searchParams: Promise<Query>;
}

export default async function WebhookPage({ params, searchParams }: Props) {
  const [{ id }, query] = await Promise.all([params, searchParams]);
  const ctx = await requireUserCtx();
  if (!can(ctx, 'alert.manage')) {
    return <NotForYou page="Webhooks" who="Webhooks are for platform admins and stewards" />;
  }
  const one = (name: string) => [query[name] ?? []].flat()[0];
  const filter = DeliveryFilter.parse({
    status: one('status'),
    after: one('after')?.slice(0, 100),
  });
  const found = await orNotFound(() => getWebhook(ctx, id, filter));
  return <WebhookView {...found} query={query} status={filter.status ?? null} />;
}
