'use client';

import { revokeGrantAction } from '@/app/(portal)/governance/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { GrantRow } from '@/lib/access';

export function RevokeButton({ grant, path }: { grant: GrantRow; path: string }) {
  const { name, email } = grant.person;

  return (
    <ConfirmDialog
      trigger={
        <Button variant="danger-quiet" size="sm" aria-label={`Revoke the grant of ${email}`}>
          Revoke
        </Button>
      }
      title={`Revoke the grant of ${name}?`}
      effects={[
        `${email} can no longer read ${path} by this grant, tokens included, within a second.`,
        'What was read before stays read; the audit log keeps it.',
        'You can give a new grant at any time.',
      ]}
      confirmLabel="Revoke the grant"
      onConfirm={() => revokeGrantAction({ grantId: grant.id })}
      done={`${name} no longer holds a grant`}
    />
  );
}
