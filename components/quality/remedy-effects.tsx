import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { RemedyPreview } from '@/lib/quality';
import { countText } from '../products/labels';

/** What a remedy would do, in figures. */
export function RemedyEffects({
  preview,
  isLasting,
}: {
  preview: RemedyPreview;
  isLasting: boolean;
}) {
  const { kind, rows, rowsBefore, rowsAfter, left, target, examples } = preview;
  return (
    <section aria-label="Preview" className="rounded-md border bg-sunken px-4 py-3">
      <p className="text-sm font-medium">What will happen</p>
      <ul className="mt-1.5 list-disc space-y-1 pl-4 text-muted marker:text-subtle">
        {kind === 'quarantine' && (
          <>
            <li>{countText(rows)} rows go into a side file, encrypted as they are now.</li>
            <li>
              {countText(rowsAfter)} of {countText(rowsBefore)} rows stay served.
            </li>
          </>
        )}
        {kind === 'fix' && (
          <>
            <li>{countText(rows)} rows are changed.</li>
            <li>
              {left === 0 ? 'None' : countText(left)} of them {left === 0 ? 'breaks' : 'break'} the
              rule afterwards.
            </li>
            {isLasting && <li>The transformation gets a step that does the same in every load.</li>}
          </>
        )}
        {kind === 'rollback' && target && (
          <li>
            Snapshot {target.number} of <RelativeTime at={target.at} /> is served again:{' '}
            {countText(rowsAfter)} rows instead of {countText(rowsBefore)}.
          </li>
        )}
        <li>The snapshot that is served now is kept, to go back to.</li>
        <li>The rules run again, and end this incident when its rule is met.</li>
      </ul>
      {examples.length > 0 && (
        <Table
          className="mt-3 rounded-md border"
          caption="Values before and after"
          rows={examples.map((example, at) => ({ ...example, key: String(at) }))}
          rowKey={(example) => example.key}
          columns={[
            { key: 'before', header: 'Before', cell: ({ before }) => before ?? <em>empty</em> },
            { key: 'after', header: 'After', cell: ({ after }) => after ?? <em>empty</em> },
          ]}
        />
      )}
    </section>
  );
}
