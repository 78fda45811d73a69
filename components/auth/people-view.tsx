import { Users } from 'lucide-react';
import Form from 'next/form';
import { Avatar } from '@/components/ui/avatar';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { SearchInput } from '@/components/ui/search-input';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { PersonRow } from '@/lib/auth';
import { CreatePersonDialog } from './create-person-dialog';
import { PersonMenu } from './person-menu';
import { roleName } from './role-names';

interface PeopleViewProps {
  people: PersonRow[];
  nextAfter: string | null;
  q: string;
  isFirstPage: boolean;
  canManage: boolean;
  ownId: string;
}

const hrefOf = (q: string, after?: string) => {
  const query = new URLSearchParams({ ...(q && { q }), ...(after && { after }) }).toString();
  return query ? `/settings/people?${query}` : '/settings/people';
};

export function PeopleView(props: PeopleViewProps) {
  const { people, nextAfter, q, isFirstPage, canManage } = props;
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        className="mb-0"
        title="People"
        description="Who has an account, and which roles they hold."
        actions={canManage && <CreatePersonDialog />}
      />
      <Form action="/settings/people" role="search" className="max-w-md">
        <SearchInput
          name="q"
          label="Search people by name or e-mail"
          defaultValue={q}
          autoComplete="off"
        />
      </Form>
      <Card flush>
        <Table
          caption="People"
          columns={columnsFor(props)}
          rows={people}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              icon={<Users />}
              title={q ? `Nobody matches “${q}”` : 'Nobody is here yet'}
              description={q ? 'Search by a part of the name or of the e-mail address.' : undefined}
            />
          }
        />
      </Card>
      <Pagination
        label="Pages of people"
        firstHref={isFirstPage ? undefined : hrefOf(q)}
        nextHref={nextAfter ? hrefOf(q, nextAfter) : undefined}
      />
    </div>
  );
}

function columnsFor({ canManage, ownId }: PeopleViewProps) {
  const columns = [
    { key: 'person', header: 'Person', rowHeader: true, cell: personCell },
    { key: 'roles', header: 'Roles', cell: rolesCell },
    {
      key: 'seen',
      header: 'Signed in',
      cell: (row: PersonRow) => (row.lastSeenAt ? <RelativeTime at={row.lastSeenAt} /> : 'Never'),
    },
  ];
  if (!canManage) return columns;
  const menu = {
    key: 'menu',
    header: <span className="sr-only">Actions</span>,
    align: 'right' as const,
    cell: (row: PersonRow) => <PersonMenu person={row} isSelf={row.id === ownId} />,
  };
  return [...columns, menu];
}

function personCell(row: PersonRow) {
  return (
    <span className="flex items-center gap-2.5">
      <Avatar name={row.name} size="sm" />
      <span className="min-w-0">
        <span className="flex flex-wrap items-center gap-1.5 font-medium">
          {row.name}
          {row.isSynthetic && <Badge title="Not a real person">Synthetic</Badge>}
          {row.isDisabled && <StatusBadge tone="warn">Disabled</StatusBadge>}
        </span>
        <span className="block text-sm break-all text-muted">{row.email}</span>
      </span>
    </span>
  );
}

function rolesCell(row: PersonRow) {
  const { platformRoles, memberships } = row;
  if (platformRoles.length + memberships.length === 0)
    return <span className="text-muted">None</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {platformRoles.map((role) => (
        <Badge key={role} tone="accent">
          {roleName(role)}
        </Badge>
      ))}
      {memberships.map(({ domain, title, role }) => (
        <Badge key={domain}>{`${roleName(role)}, ${title}`}</Badge>
      ))}
    </span>
  );
}
