'use client';

import { UserMinus, UserPlus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { removeMemberAction, setMemberAction } from '@/app/(portal)/domains/actions';
import { roleName } from '@/components/auth/role-names';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { IconButton } from '@/components/ui/icon-button';
import { Input, Select } from '@/components/ui/input';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { useToast } from '@/components/ui/toast';
import { textOf } from '@/components/ui/use-action';
import type { DomainDetail, DomainMember } from '@/lib/catalog';

const ROLES = ['data_consumer', 'data_producer', 'data_admin'] as const;
type Role = (typeof ROLES)[number];
const roleOptions = ROLES.map((value) => ({ value, label: roleName(value) }));
const roleOf = (text: string): Role => ROLES.find((role) => role === text) ?? 'data_consumer';

const NO_ADMIN_LEFT =
  'This is the last data admin: afterwards nobody in the domain can manage members or grants.';

interface MembersCardProps {
  domain: DomainDetail;
  canManage: boolean;
}

export function MembersCard({ domain, canManage }: MembersCardProps) {
  const person = {
    key: 'person',
    header: 'Person',
    rowHeader: true,
    cell: (row: DomainMember) => (
      <span className="flex items-center gap-2.5">
        <Avatar name={row.name} size="sm" />
        <span className="min-w-0">
          <span className="block font-medium">{row.name}</span>
          <span className="block text-sm break-all text-muted">{row.email}</span>
        </span>
      </span>
    ),
  };
  const role = {
    key: 'role',
    header: 'Role',
    cell: (row: DomainMember) =>
      canManage ? <RoleSelect domain={domain} member={row} /> : roleName(row.role),
  };
  const notes = {
    key: 'notes',
    header: 'Notes',
    cell: (row: DomainMember) => (
      <span className="flex flex-wrap gap-1">
        {row.source === 'oidc' && <Badge title="Kept by the identity provider">SSO</Badge>}
        {row.isSynthetic && <Badge title="Not a real person">Synthetic</Badge>}
        {row.isDisabled && <Badge>Disabled</Badge>}
      </span>
    ),
  };
  const remove = {
    key: 'remove',
    header: <span className="sr-only">Remove</span>,
    align: 'right' as const,
    cell: (row: DomainMember) => <RemoveMember domain={domain} member={row} />,
  };
  return (
    <Card
      title="Members"
      description="Consumers read, producers build, data admins also manage members and grants."
      actions={canManage && <AddMember domain={domain} />}
      flush
    >
      <Table
        caption={`Members of ${domain.title}`}
        columns={canManage ? [person, role, notes, remove] : [person, role, notes]}
        rows={domain.members}
        rowKey={(row) => row.id}
        empty={
          <EmptyState
            title="No member yet"
            description={canManage ? 'Add the people who work here.' : 'Ask a platform admin.'}
          />
        }
      />
    </Card>
  );
}

const isLastAdmin = (domain: DomainDetail, member: DomainMember) =>
  domain.owners.length === 1 && domain.owners[0]?.id === member.id;

function RoleSelect({ domain, member }: { domain: DomainDetail; member: DomainMember }) {
  const router = useRouter();
  const toast = useToast();
  const [asked, setAsked] = useState<Role | null>(null);
  const change = async (role: Role, mayLeaveNoAdmin: boolean) => {
    const input = { domainId: domain.id, email: member.email, role, mayLeaveNoAdmin };
    const result = await setMemberAction(input);
    if (result.ok) {
      toast({ title: `${member.name} is ${roleName(role).toLowerCase()} now`, tone: 'ok' });
      router.refresh();
    }
    return result;
  };
  const choose = (role: Role) => {
    if (isLastAdmin(domain, member)) return setAsked(role);
    void change(role, false).then((result) => {
      if (!result.ok) toast({ title: result.message, tone: 'error' });
    });
  };
  return (
    <>
      <Select
        aria-label={`Role of ${member.name}`}
        options={roleOptions}
        value={member.role}
        onChange={(event) => choose(roleOf(event.target.value))}
        className="w-36"
      />
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(isOpen) => !isOpen && setAsked(null)}
        title={`Take the admin role from ${member.name}?`}
        effects={[NO_ADMIN_LEFT]}
        confirmLabel="Change role"
        onConfirm={() => change(asked ?? 'data_consumer', true)}
      />
    </>
  );
}

function RemoveMember({ domain, member }: { domain: DomainDetail; member: DomainMember }) {
  const isLast = isLastAdmin(domain, member);
  const input = { domainId: domain.id, userId: member.id, mayLeaveNoAdmin: isLast };
  return (
    <ConfirmDialog
      trigger={<IconButton label={`Remove ${member.name}`} icon={<UserMinus />} size="sm" />}
      title={`Remove ${member.name} from ${domain.title}?`}
      effects={[
        'They lose what this role lets them read and do, at once.',
        'Products they own stay theirs; grants made to them stay.',
        ...(isLast ? [NO_ADMIN_LEFT] : []),
      ]}
      confirmLabel="Remove"
      onConfirm={() => removeMemberAction(input)}
    />
  );
}

function AddMember({ domain }: { domain: DomainDetail }) {
  return (
    <FormDialog
      title="Add a member"
      description="Somebody who has an account here already."
      trigger={
        <Button size="sm" icon={<UserPlus />}>
          Add member
        </Button>
      }
      submitLabel="Add"
      done={(_, form) => ({ title: `${textOf(form, 'email')} added` })}
      send={(form) =>
        setMemberAction({
          ...{ domainId: domain.id, email: textOf(form, 'email') },
          role: roleOf(textOf(form, 'role')),
        })
      }
    >
      {(fields) => (
        <>
          <Field label="E-mail" error={fields.email} required>
            <Input name="email" type="email" autoComplete="off" />
          </Field>
          <Field label="Role" error={fields.role}>
            <Select name="role" options={roleOptions} defaultValue="data_consumer" />
          </Field>
        </>
      )}
    </FormDialog>
  );
}
