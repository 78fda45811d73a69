import type { Metadata } from 'next';
import { NotificationsView } from '@/components/alerts/notifications-view';
import { alertPreferences } from '@/lib/alerts';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Notifications' };

export default async function NotificationsPage() {
  const ctx = await requireUserCtx();
  return <NotificationsView {...(await alertPreferences(ctx))} email={ctx.actor.email} />;
}
