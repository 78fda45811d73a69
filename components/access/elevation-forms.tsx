'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useRef } from 'react';
import {
  decideElevationAction,
  endElevationAction,
  requestElevationAction,
} from '@/app/(portal)/access/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input, Select, Textarea } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { textOf, useAction } from '@/components/ui/use-action';
import type { ElevationRow } from '@/lib/access';

export function ElevationForm({ domains }: { domains: { id: string; title: string }[] }) {
  const router = useRouter();
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const { run, isPending, message, fields } = useAction(requestElevationAction, () => {
    form.current?.reset();
    toast({ title: 'You have asked for the role', tone: 'ok' });
    router.refresh();
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [role = '', domainId] = textOf(data, 'role').split(':');
    run({
      role: role as 'steward',
      domainId,
      hours: Number(textOf(data, 'hours')),
      reason: textOf(data, 'reason'),
    });
  }
  const roles = [
    ...domains.map(({ id, title }) => ({
      value: `data_admin:${id}`,
      label: `Data admin of ${title}`,
    })),
    { value: 'steward', label: 'Steward' },
    { value: 'platform_admin', label: 'Platform administrator' },
  ];
  return (
    <form ref={form} onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
      <Field label="Role" error={fields.role ?? fields.domainId}>
        <Select name="role" options={roles} />
      </Field>
      <Field label="Hours" required hint="At most twelve." error={fields.hours}>
        <Input type="number" name="hours" min={1} max={12} defaultValue={2} required />
      </Field>
      <Field label="Reason" required error={fields.reason} className="sm:col-span-2">
        <Textarea name="reason" rows={2} maxLength={500} required />
      </Field>
      {message && (
        <Callout tone="error" className="sm:col-span-2">
          {message}
        </Callout>
      )}
      <div className="sm:col-span-2">
        <Button type="submit" variant="primary" loading={isPending}>
          Ask for the role
        </Button>
      </div>
    </form>
  );
}

/** Give, refuse, or end a role. */
export function ElevationButtons({ row }: { row: ElevationRow }) {
  const { id: elevationId, person, role, hours } = row;
  if (row.status === 'active') {
    return (
      <ConfirmDialog
        trigger={<Button size="sm">End it</Button>}
        title={`End the role of ${person.name}?`}
        effects={[`${person.email} is no longer ${role}, within a second.`]}
        confirmLabel="End the role"
        onConfirm={() => endElevationAction({ elevationId })}
      />
    );
  }
  if (!row.canDecide) return null;
  return (
    <span className="flex justify-end gap-2">
      <ConfirmDialog
        danger={false}
        trigger={<Button size="sm">Give</Button>}
        title={`Make ${person.name} ${role} for ${hours} hours?`}
        effects={['The role holds from now on.', 'It ends by itself, and you can end it earlier.']}
        confirmLabel="Give the role"
        onConfirm={() => decideElevationAction({ elevationId, decision: 'approve' })}
      />
      <ConfirmDialog
        trigger={<Button size="sm">Refuse</Button>}
        title={`Refuse the role to ${person.name}?`}
        effects={['They are told, and can ask again.']}
        confirmLabel="Refuse"
        onConfirm={() => decideElevationAction({ elevationId, decision: 'refuse' })}
      />
    </span>
  );
}
