import { Blocks, Network, Plus } from 'lucide-react';
import Link from 'next/link';
import { StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { EmptyState } from '@/components/ui/states';
import type { DomainSummary } from '@/lib/catalog';
import { DomainHealth } from './domain-health';

interface DomainsViewProps {
  domains: DomainSummary[];
  canCreate: boolean;
}

export function DomainsView({ domains, canCreate }: DomainsViewProps) {
  const create = canCreate && (
    <ButtonLink href="/domains/new" variant="primary" icon={<Plus />}>
      New domain
    </ButtonLink>
  );
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        className="mb-0"
        title="Domains"
        description="The teams that own data products, with how their products fare."
        actions={
          <>
            <ButtonLink href="/catalog/map" icon={<Network />}>
              Domain map
            </ButtonLink>
            {create}
          </>
        }
      />
      {domains.length === 0 ? (
        <EmptyState
          icon={<Blocks />}
          title="There is no domain yet"
          description={
            canCreate
              ? 'A domain is a team and the data it answers for. Products live in one.'
              : 'A platform admin creates domains.'
          }
          actions={create}
        />
      ) : (
        <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
          {domains.map((domain) => (
            <DomainCard key={domain.id} domain={domain} />
          ))}
        </ul>
      )}
    </div>
  );
}

function DomainCard({ domain }: { domain: DomainSummary }) {
  const { name, title, description, isArchived, owners, memberCount } = domain;
  return (
    <li className="relative flex flex-col gap-2 rounded-lg border bg-surface p-4 transition-colors focus-within:border-line-strong hover:border-line-strong">
      <div className="flex items-start justify-between gap-2">
        <h2 className="min-w-0 text-lg font-semibold tracking-tight break-words">
          <Link
            href={`/domains/${name}`}
            className="after:absolute after:inset-0 after:rounded-lg hover:text-accent-ink"
          >
            {title}
          </Link>
        </h2>
        {isArchived && <StatusBadge tone="neutral">Archived</StatusBadge>}
      </div>
      <p className="line-clamp-3 text-muted">{description || 'No description yet.'}</p>
      <div className="mt-auto flex flex-col gap-1.5 pt-2">
        <DomainHealth domain={domain} />
        <p className="text-sm text-muted">
          {owners.length > 0
            ? `Owned by ${owners.map((owner) => owner.name).join(', ')}`
            : 'No data admin yet'}
          {` · ${memberCount} ${memberCount === 1 ? 'member' : 'members'}`}
        </p>
      </div>
    </li>
  );
}
