import { Tag } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { GovernanceTabs } from '@/components/governance/governance-tabs';
import { Badge, StatusBadge, type StatusTone } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { hrefWith, type Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { SearchInput } from '@/components/ui/search-input';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import {
  TAG_STATES,
  type TagFilter,
  type TagPage,
  type TagRow,
  type TagState,
} from '@/lib/governance';
import { NewTagButton, TagMenu } from './tag-dialogs';

const PATH = '/governance/tags';
const LOOK: Record<TagState, { label: string; tone: StatusTone }> = {
  proposed: { label: 'Proposed', tone: 'warn' },
  approved: { label: 'Approved', tone: 'ok' },
  retired: { label: 'Retired', tone: 'neutral' },
};

interface TagsViewProps {
  page: TagPage;
  filter: TagFilter;
  query: Query;
}

/** The vocabulary of tags: what each tells, where it is used, and what stewards do with it. */
export function TagsView({ page, filter, query }: TagsViewProps) {
  const { counts, mayManage } = page;
  const hrefOf = (state: TagState | null) => hrefWith(PATH, query, { state });
  const states = mayManage ? TAG_STATES : TAG_STATES.filter((state) => state !== 'retired');
  return (
    <>
      <PageHeader
        title="Tags"
        description="The words that products are tagged with, so that the same word means the same everywhere."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Tags' }]}
        actions={mayManage && <NewTagButton />}
      />
      <GovernanceTabs current={PATH} />
      <Form action={PATH} role="search" className="mb-4 flex max-w-2xl gap-2">
        {filter.state && <input type="hidden" name="state" value={filter.state} />}
        <SearchInput
          name="q"
          label="Search tags, categories and descriptions"
          defaultValue={filter.q}
          maxLength={100}
          slashFocus
          className="min-w-0 flex-1"
        />
        <Button type="submit">Search</Button>
      </Form>
      <Tabs
        label="State of the tags"
        className="mb-4"
        current={hrefOf(filter.state ?? null)}
        items={[
          {
            ...{ href: hrefOf(null), label: 'All' },
            count: counts.proposed + counts.approved + counts.retired,
          },
          ...states.map((state) => ({
            ...{ href: hrefOf(state), label: LOOK[state].label, count: counts[state] },
          })),
        ]}
      />
      <Card flush>
        <TagTable page={page} isNarrowed={Boolean(filter.q || filter.state)} />
      </Card>
      <div className="mt-4">
        <Pagination
          label="Pages of tags"
          firstHref={filter.after ? hrefWith(PATH, query, { after: null }) : null}
          nextHref={page.nextPage && hrefWith(PATH, query, { after: page.nextPage })}
        />
      </div>
    </>
  );
}

function TagTable({
  page: { items, mayManage },
  isNarrowed,
}: {
  page: TagPage;
  isNarrowed: boolean;
}) {
  return (
    <Table
      caption="Tags"
      rows={items}
      rowKey={(tag) => tag.name}
      empty={
        <EmptyState
          icon={<Tag />}
          title={isNarrowed ? 'No tag matches' : 'There is no tag yet'}
          description="A tag comes here when somebody tags a product with a new word, or when a steward adds it."
          actions={
            isNarrowed && (
              <Link className="link" href={PATH}>
                Show all tags
              </Link>
            )
          }
        />
      }
      columns={[
        { key: 'tag', header: 'Tag', rowHeader: true, cell: Name },
        {
          key: 'state',
          header: 'State',
          cell: ({ state }) => (
            <StatusBadge tone={LOOK[state].tone}>{LOOK[state].label}</StatusBadge>
          ),
        },
        { key: 'tells', header: 'What it tells', cell: Tells },
        {
          key: 'owner',
          header: 'Looked after by',
          className: 'whitespace-nowrap',
          cell: ({ owner }) => (owner ? <span title={owner.email}>{owner.name}</span> : '–'),
        },
        { key: 'products', header: 'Products', align: 'right', cell: ({ products }) => products },
        ...(mayManage
          ? [
              {
                key: 'actions',
                header: <span className="sr-only">Actions</span>,
                align: 'right' as const,
                cell: (tag: TagRow) => <TagMenu tag={tag} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Name({ name, state, products }: TagRow) {
  if (state === 'retired' || products === 0) return <span className="break-words">{name}</span>;
  return (
    <Link href={`/catalog?tag=${encodeURIComponent(name)}`} className="link break-words">
      {name}
    </Link>
  );
}

function Tells({ description, category, replacement, state }: TagRow) {
  if (state === 'retired') return replacement ? `Use ${replacement}` : 'Nothing takes its place';
  return (
    <span className="flex max-w-md min-w-40 flex-wrap items-center gap-2">
      {category && <Badge title="Category">{category}</Badge>}
      <span className="min-w-0 break-words" dir="auto">
        {description || (category ? '' : '–')}
      </span>
    </span>
  );
}
