'use client';

import { KeyRound } from 'lucide-react';
import { revokeTokenAction } from '@/app/(portal)/settings/actions';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { ApiTokenRow } from '@/lib/auth';
import { CreateTokenDialog } from './create-token-dialog';

type TokenRow = ApiTokenRow & { state: 'active' | 'expired' | 'revoked' };

const columns = [
  {
    key: 'name',
    header: 'Token',
    rowHeader: true,
    cell: (row: TokenRow) => (
      <>
        <span className="block font-medium break-words">{row.name}</span>
        <span className="block font-mono text-xs text-subtle">{row.prefix}…</span>
      </>
    ),
  },
  {
    key: 'scopes',
    header: 'May',
    cell: (row: TokenRow) => (
      <span className="flex flex-wrap gap-1">
        {row.scopes.map((scope) => (
          <Badge key={scope}>{scope}</Badge>
        ))}
      </span>
    ),
  },
  {
    key: 'used',
    header: 'Last used',
    cell: (row: TokenRow) => (row.lastUsedAt ? <RelativeTime at={row.lastUsedAt} /> : 'Never'),
  },
  {
    key: 'expires',
    header: 'Expires',
    cell: (row: TokenRow) =>
      row.state === 'active' ? (
        <RelativeTime at={row.expiresAt} />
      ) : (
        <StatusBadge tone="neutral">{row.state === 'revoked' ? 'Revoked' : 'Expired'}</StatusBadge>
      ),
  },
  {
    key: 'revoke',
    header: <span className="sr-only">Revoke</span>,
    align: 'right' as const,
    cell: (row: TokenRow) => row.state === 'active' && <RevokeToken token={row} />,
  },
];

export function TokensView({ tokens }: { tokens: TokenRow[] }) {
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        className="mb-0"
        title="API tokens"
        description="For programs that act as you: notebooks, pipelines, scripts. Each is limited to its scopes."
        actions={<CreateTokenDialog />}
      />
      <Card flush>
        <Table
          caption="Your API tokens"
          columns={columns}
          rows={tokens}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              icon={<KeyRound />}
              title="You have no API token"
              description="Create one to read data products with curl, Python or anything that speaks HTTP."
            />
          }
        />
      </Card>
    </div>
  );
}

function RevokeToken({ token }: { token: TokenRow }) {
  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger-quiet" size="sm">
          Revoke
        </Button>
      }
      title={`Revoke ${token.name}?`}
      effects={['Whatever uses it is refused from now on.', 'It cannot be brought back.']}
      confirmLabel="Revoke"
      onConfirm={() => revokeTokenAction({ tokenId: token.id })}
    />
  );
}
