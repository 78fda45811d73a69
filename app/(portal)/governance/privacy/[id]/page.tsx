import type { Metadata } from 'next';
import { PrivacyRequestView } from '@/components/compliance/privacy-request-view';
import { NotForYou } from '@/components/ui/not-for-you';
import { getPrivacyRequest } from '@/lib/compliance';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

export const metadata: Metadata = { title: 'Privacy request' };

export default async function PrivacyRequestPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const ctx = await requireUserCtx();
  if (!can(ctx, 'privacy.manage')) {
    return <NotForYou page="Privacy" who="Privacy requests are for stewards" />;
  }
  return <PrivacyRequestView request={await orNotFound(() => getPrivacyRequest(ctx, id))} />;
}
