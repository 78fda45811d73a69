import type { Metadata } from 'next';
import { DomainView } from '@/components/domains/domain-view';
import { getDomain } from '@/lib/catalog';
import { can } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

interface DomainPageProps {
  params: Promise<{ domain: string }>;
}

export async function generateMetadata({ params }: DomainPageProps): Promise<Metadata> {
  return { title: (await params).domain };
}

export default async function DomainPage({ params }: DomainPageProps) {
  const ctx = await requireUserCtx();
  const { domain: name } = await params;
  const domain = await orNotFound(() => getDomain(ctx, name));
  const scope = { domainId: domain.id };
  const may = {
    edit: can(ctx, 'domain.edit', scope),
    manageMembers: can(ctx, 'domain.members', scope),
    archive: can(ctx, 'domain.create'),
    createProduct: !domain.isArchived && can(ctx, 'product.create', scope),
  };
  return <DomainView domain={domain} may={may} />;
}
