import { ListChecks, Plus } from 'lucide-react';
import Link from 'next/link';
import { GovernanceTabs } from '@/components/governance/governance-tabs';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { CatalogueFact } from '@/lib/governance';
import type { CheckWords, CustomCheckRow, ScorecardWords } from '@/lib/insight';
import { PROPERTY_WORDS } from '@/lib/insight/scorecards/checks/check';
import { ArchiveButton } from './archive-button';
import { CheckForm } from './check-form';
import { levelWord } from './scorecard-words';

const PATH = '/governance/checks';

interface ChecksViewProps {
  own: { items: CustomCheckRow[]; mayManage: boolean };
  words: ScorecardWords;
  domains: { name: string; title: string }[];
  facts: CatalogueFact[];
  /** `new`, or the name of the check that is written anew. */
  edit: string | undefined;
}

/** What scorecards ask: the portal's checks, and those that stewards write. */
export function ChecksView({ own, words, domains, facts, edit }: ChecksViewProps) {
  const edited = own.items.find(({ name, isArchived }) => name === edit && !isArchived);
  const isEditing = own.mayManage && (edit === 'new' || edited !== undefined);
  return (
    <>
      <PageHeader
        title="Scorecard checks"
        description="What products are put to on their scorecards. Stewards add checks in CEL over what is known of a product."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Scorecard checks' }]}
        actions={
          own.mayManage && (
            <ButtonLink variant="primary" href={`${PATH}?edit=new`} icon={<Plus />}>
              New check
            </ButtonLink>
          )
        }
      />
      <GovernanceTabs current={PATH} />
      <div className="grid gap-6">
        {isEditing && (
          <CheckForm
            key={edited ? `${edited.name}:${edited.rev}` : 'new'}
            check={edited}
            properties={words.properties}
            domains={domains}
            facts={facts}
          />
        )}
        <Card title="Written by stewards" flush>
          <OwnTable items={own.items} mayManage={own.mayManage} />
        </Card>
        <Card
          title="The portal’s own"
          description="A level is reached when all checks of it and below pass."
          flush
        >
          <BuiltIn checks={words.checks.filter((check) => check.own === null)} />
        </Card>
      </div>
    </>
  );
}

function OwnTable({ items, mayManage }: { items: CustomCheckRow[]; mayManage: boolean }) {
  return (
    <Table
      caption="Checks written by stewards"
      rows={items}
      rowKey={({ name }) => name}
      empty={
        <EmptyState
          icon={<ListChecks />}
          title="No check is written yet"
          description="A steward writes one where the portal’s own do not ask enough."
        />
      }
      columns={[
        {
          key: 'title',
          header: 'Check',
          rowHeader: true,
          cell: ({ title, name, words }) => (
            <>
              {title}
              <code className="block text-sm font-normal text-subtle">{name}</code>
              <span className="block text-sm font-normal text-muted">{words}</span>
            </>
          ),
        },
        {
          key: 'where',
          header: 'Of',
          cell: ({ domain, property, level }) => (
            <span className="flex flex-wrap gap-1.5">
              <Badge>{PROPERTY_WORDS[property].title}</Badge>
              <Badge>{levelWord(level)}</Badge>
              <Badge>{domain ?? 'The mesh'}</Badge>
            </span>
          ),
        },
        {
          key: 'expression',
          header: 'Passes when',
          cell: ({ expression, versions }) => (
            <>
              <code className="text-sm break-words">{expression}</code>
              <Wordings versions={versions} />
            </>
          ),
        },
        {
          key: 'state',
          header: 'State',
          cell: ({ isArchived }) => (
            <StatusBadge tone={isArchived ? 'neutral' : 'ok'}>
              {isArchived ? 'Archived' : 'In force'}
            </StatusBadge>
          ),
        },
        ...(mayManage
          ? [
              {
                key: 'actions',
                header: <span className="sr-only">Actions</span>,
                align: 'right' as const,
                cell: (check: CustomCheckRow) => <Actions check={check} />,
              },
            ]
          : []),
      ]}
    />
  );
}

function Actions({ check: { name, title, rev, isArchived } }: { check: CustomCheckRow }) {
  return (
    <span className="flex justify-end gap-2">
      {!isArchived && (
        <ButtonLink size="sm" href={`${PATH}?edit=${name}`}>
          Edit
        </ButtonLink>
      )}
      <ArchiveButton name={name} title={title} rev={rev} isArchived={isArchived} />
    </span>
  );
}

function Wordings({ versions }: { versions: CustomCheckRow['versions'] }) {
  if (versions.length < 2) return null;
  return (
    <details>
      <summary className="link w-fit cursor-pointer text-sm">{versions.length} wordings</summary>
      <ul className="mt-1 flex flex-col gap-1 text-sm">
        {versions.map(({ rev, at, by, isArchived, expression }) => (
          <li key={rev}>
            <span className="text-muted">
              {rev}, <RelativeTime at={at} /> by {by ?? 'somebody who is gone'}
              {isArchived && ', archived'}:
            </span>{' '}
            <code className="break-words">{expression}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

function BuiltIn({ checks }: { checks: CheckWords[] }) {
  return (
    <Table
      caption="The portal’s own checks"
      rows={checks}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'title',
          header: 'Check',
          rowHeader: true,
          cell: ({ id, title }) => (
            <>
              <Link href={`/insight/scorecards?check=${id}`} className="link">
                {title}
              </Link>
              <code className="block text-sm font-normal text-subtle">{id}</code>
            </>
          ),
        },
        {
          key: 'property',
          header: 'Of',
          cell: ({ property, level }) => (
            <span className="flex flex-wrap gap-1.5">
              <Badge>{PROPERTY_WORDS[property].title}</Badge>
              <Badge>{levelWord(level)}</Badge>
            </span>
          ),
        },
        { key: 'words', header: 'When it passes', cell: ({ words }) => words },
        { key: 'weight', header: 'Weight', align: 'right', cell: ({ weight }) => weight },
      ]}
    />
  );
}
