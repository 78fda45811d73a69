import { Badge, StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { GrantRow } from '@/lib/access';
import type { SchemaField } from '@/lib/specs';
import { ChangeGrantDialog, ReviewButton } from './change-grant-dialog';
import { RevokeButton } from './revoke-button';
import { TermsText } from './terms-text';

const STATES = {
  active: { tone: 'ok', label: 'In force' },
  expired: { tone: 'neutral', label: 'Ended' },
  revoked: { tone: 'neutral', label: 'Revoked' },
} as const;

interface GrantsTableProps {
  grants: GrantRow[];
  /** `domain/product` */
  path: string;
  /** The product's columns, for those who change grants; null for others. */
  fields: SchemaField[] | null;
}

export function GrantsTable({ grants, path, fields }: GrantsTableProps) {
  return (
    <Table
      caption="Grants"
      rows={grants}
      rowKey={(grant) => grant.id}
      empty={
        <EmptyState
          title="Nobody holds a grant"
          description="The owner and the roles below read this product. Let others in with the form above."
        />
      }
      columns={[
        {
          key: 'person',
          header: 'Person',
          rowHeader: true,
          cell: ({ person, holder }) => (
            <>
              <span className="block font-medium">{person.name}</span>
              <span className="block text-sm text-muted">{person.email}</span>
              {person.isDisabled && <Badge>Account disabled</Badge>}
              {holder && <Badge>{holder}</Badge>}
            </>
          ),
        },
        {
          key: 'purpose',
          header: 'Purpose',
          cell: (grant) => (
            <>
              <span className="block break-words">{grant.purpose}</span>
              <span className="block text-sm text-muted">
                {grant.permissions.join(', ')} · by {grant.grantedBy}
              </span>
              {grant.terms && (
                <span className="mt-1 block max-w-xs text-sm">
                  <TermsText terms={grant.terms} />
                </span>
              )}
            </>
          ),
        },
        {
          key: 'state',
          header: 'State',
          cell: (grant) => (
            <>
              <StatusBadge tone={STATES[grant.state].tone}>{STATES[grant.state].label}</StatusBadge>
              <span className="mt-1 block text-sm text-muted">
                <Period grant={grant} />
              </span>
            </>
          ),
        },
        {
          key: 'reads',
          header: 'Reads, 30 days',
          align: 'right',
          cell: ({ reads }) => (
            <>
              <span className="tabular block">{reads.count.toLocaleString('en-GB')}</span>
              {reads.lastAt && (
                <span className="block text-sm text-muted">
                  <RelativeTime at={reads.lastAt} />
                </span>
              )}
            </>
          ),
        },
        ...(fields
          ? [
              {
                key: 'revoke',
                header: 'Change',
                cell: (grant: GrantRow) =>
                  grant.state === 'active' && (
                    <span className="flex flex-wrap gap-2">
                      {grant.isReviewDue && <ReviewButton grant={grant} />}
                      <ChangeGrantDialog grant={grant} fields={fields} />
                      <RevokeButton grant={grant} path={path} />
                    </span>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Period({ grant }: { grant: GrantRow }) {
  if (grant.revokedAt) return <RelativeTime at={grant.revokedAt} />;
  if (!grant.expiresAt) return 'Without an end';
  return (
    <>
      {grant.state === 'expired' ? '' : 'Ends '}
      <RelativeTime at={grant.expiresAt} />
    </>
  );
}
