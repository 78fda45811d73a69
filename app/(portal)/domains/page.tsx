import type { Metadata } from 'next';
import { DomainsView } from '@/components/domains/domains-view';
import { listDomains } from '@/lib/catalog';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';

export const metadata: Metadata = { title: 'Domains' };

export default async function DomainsPage() {
  const ctx = await requireUserCtx();
  const canCreate = can(ctx, 'domain.create');
  const domains = await listDomains(ctx, { withArchived: canCreate });
  return <DomainsView domains={domains} canCreate={canCreate} />;
}
