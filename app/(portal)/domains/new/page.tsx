import type { Metadata } from 'next';
import { DomainForm } from '@/components/domains/domain-form';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { requireCan } from '@/lib/core';
import { requireUserCtx } from '@/lib/http/context';
import { orNotFound } from '@/lib/http/page';

export const metadata: Metadata = { title: 'New domain' };

export default async function NewDomainPage() {
  const ctx = await requireUserCtx();
  await orNotFound(async () => requireCan(ctx, 'domain.create'));
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <PageHeader
        className="mb-0"
        title="New domain"
        description="A domain is a team and the data it answers for."
        crumbs={[{ label: 'Domains', href: '/domains' }, { label: 'New' }]}
      />
      <Card>
        <DomainForm />
      </Card>
    </div>
  );
}
