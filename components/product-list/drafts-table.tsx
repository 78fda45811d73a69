import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { DraftSummary } from '@/lib/products/draft-queries';

export function DraftsTable({ drafts }: { drafts: DraftSummary[] }) {
  return (
    <Table
      caption="Drafts"
      rows={drafts}
      rowKey={(draft) => draft.id}
      columns={[
        {
          key: 'title',
          header: 'Draft',
          rowHeader: true,
          className: 'min-w-48',
          cell: (draft) => (
            <Link
              href={`/products/drafts/${draft.id}`}
              className="font-medium break-words hover:text-accent-ink hover:underline"
            >
              {draft.title}
            </Link>
          ),
        },
        {
          key: 'domain',
          header: 'Domain',
          cell: ({ domain }) => domain ?? <span className="text-subtle">Not chosen</span>,
        },
        {
          key: 'template',
          header: 'Template',
          cell: ({ template }) =>
            template?.replaceAll('_', ' ') ?? <span className="text-subtle">Not chosen</span>,
        },
        {
          key: 'updatedAt',
          header: 'Last change',
          className: 'whitespace-nowrap',
          cell: (draft) => <RelativeTime at={draft.updatedAt} />,
        },
      ]}
    />
  );
}
