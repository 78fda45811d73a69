import type { Metadata } from 'next';
import { WebhooksView } from '@/components/alerts/webhooks-view';
import { NotForYou } from '@/components/ui/not-for-you';
import { listWebhooks, WEBHOOK_KINDS } from '@/lib/alerts';
import { can } from '@/lib/core';
import { listPolicyDomains } from '@/lib/governance';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Webhooks' };

export default async function WebhooksPage() {
  const ctx = await requireUserCtx();
  if (!can(ctx, 'alert.manage')) {
    return <NotForYou page="Webhooks" who="Webhooks are for platform admins and stewards" />;
  }
  const [webhooks, domains] = await Promise.all([listWebhooks(ctx), listPolicyDomains(ctx)]);
  return <WebhooksView webhooks={webhooks} domains={domains} kinds={WEBHOOK_KINDS} />;
}
