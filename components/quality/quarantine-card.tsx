import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { SideFile } from '@/lib/quality';
import { countText } from '../products/labels';
import { DiscardButton } from './discard-button';
import { ShowRows } from './show-rows';

/** Side files with rows that were taken out of what is served. */
export function QuarantineCard({ files, canManage }: { files: SideFile[]; canManage: boolean }) {
  if (files.length === 0) return null;
  return (
    <Card
      title="Quarantine"
      description="Rows that were taken out, encrypted like the product's. Nothing is served from here."
      flush
    >
      <Table
        caption="Side files in quarantine"
        rows={files}
        rowKey={(file) => file.id}
        columns={[
          {
            key: 'rule',
            header: 'Rule',
            rowHeader: true,
            cell: (file) => file.ruleName ?? 'a rule that is gone',
          },
          { key: 'rows', header: 'Rows', align: 'right', cell: (file) => countText(file.rows) },
          { key: 'at', header: 'Taken out', cell: (file) => <RelativeTime at={file.at} /> },
          {
            key: 'actions',
            header: <span className="sr-only">Actions</span>,
            cell: (file) => (
              <span className="flex justify-end gap-2">
                <ShowRows path={`/quality/quarantine/${file.id}/rows`} title="Rows in quarantine" />
                {canManage && <DiscardButton id={file.id} rows={file.rows} />}
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}
