import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { ButtonLink } from './button';
import { PageHeader } from './page-header';
import { EmptyState } from './states';

interface NotForYouProps {
  /** The page that is closed. */
  page: string;
  /** Who may open it, as a sentence. */
  who: string;
  why?: ReactNode;
}

/** A page that this person's roles do not open: whom it is for, and how to get in. */
export function NotForYou({ page, who, why }: NotForYouProps) {
  return (
    <>
      <PageHeader
        title={page}
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: page }]}
      />
      <EmptyState
        icon={<Lock aria-hidden />}
        title={who}
        description={why ?? 'Ask a platform admin for the role if your work needs it.'}
        actions={<ButtonLink href="/governance/policies">See the policies in force</ButtonLink>}
      />
    </>
  );
}
