'use client';

import { useRouter } from 'next/navigation';
import { revokeGrantAction } from '@/app/(portal)/governance/actions';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import type { GrantRow } from '@/lib/access';

export function RevokeButton({ grant, path }: { grant: GrantRow; path: string }) {
  const router = useRouter();
  const toast = useToast();
  const { name, email } = grant.person;

  async function revoke() {
    const result = await revokeGrantAction({ grantId: grant.id });
    if (!result.ok) return result;
    toast({ title: `${name} no longer holds a grant`, tone: 'ok' });
    router.refresh();
    return { ok: true as const };
  }

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
      onConfirm={revoke}
    />
  );
}
