import type { Metadata } from 'next';
import { UnsubscribeForm } from '@/components/alerts/unsubscribe-form';
import { PlainPage } from '@/components/shell/plain-page';
import { ButtonLink } from '@/components/ui/button';
import type { Query } from '@/components/ui/href';
import { EmptyState } from '@/components/ui/states';
import { unsubscribeChoices } from '@/lib/alerts';
import { isAppError } from '@/lib/core';
import { currentCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Unsubscribe', robots: { index: false } };

/** Opened from an e-mail, often signed out: the signed link says whose mail it is. */
export default async function UnsubscribePage({ searchParams }: { searchParams: Promise<Query> }) {
  const token = [(await searchParams).token ?? []].flat()[0] ?? '';
  const ctx = await currentCtx();
  const found = await unsubscribeChoices(ctx, token.slice(0, 2000) || '-').catch(
    (error: unknown) => {
      if (isAppError(error)) return error.message;
      throw error;
    },
  );
  return (
    <PlainPage>
      {typeof found === 'string' ? (
        <EmptyState
          title="This link does not work"
          description={found}
          actions={<ButtonLink href="/settings/notifications">Notifications</ButtonLink>}
        />
      ) : (
        <UnsubscribeForm token={token} choices={found} />
      )}
    </PlainPage>
  );
}
