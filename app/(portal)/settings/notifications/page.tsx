import type { Metadata } from 'next';
import { NotificationsView } from '@/components/alerts/notifications-view';
import { FollowsCard } from '@/components/community/follows-card';
import type { Query } from '@/components/ui/href';
import { alertPreferences } from '@/lib/alerts';
import { listFollows } from '@/lib/community';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Notifications' };

export default async function NotificationsPage({
  searchParams,
}: {
  searchParams: Promise<Query>;
}) {
  const query = await searchParams;
  const ctx = await requireUserCtx();
  const after = [query.after ?? []].flat()[0]?.slice(0, 100);
  const [preferences, follows] = await Promise.all([
    alertPreferences(ctx),
    listFollows(ctx, { after }),
  ]);
  return (
    <NotificationsView {...preferences} email={ctx.actor.email}>
      <FollowsCard {...follows} path="/settings/notifications" query={query} />
    </NotificationsView>
  );
}
