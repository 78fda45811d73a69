import { Lock } from 'lucide-react';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { EmptyState } from '@/components/ui/states';

export function NotForYou() {
  return (
    <>
      <PageHeader
        title="Audit"
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Audit' }]}
      />
      <EmptyState
        icon={<Lock aria-hidden />}
        title="The audit log is for stewards and platform admins"
        description="Ask a platform admin for the role if your work needs it. Who may reach a product stands on the product’s own page."
        actions={<ButtonLink href="/governance/policies">See the policies in force</ButtonLink>}
      />
    </>
  );
}
