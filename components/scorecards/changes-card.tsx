import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { ChangeRow } from '@/lib/insight';
import { changeText, levelMove } from './scorecard-words';

interface ChangesCardProps {
  items: ChangeRow[];
  /** Of one product: its name is not said again. */
  isOne?: boolean;
}

/** What changed of scorecards, newest first. */
export function ChangesCard({ items, isOne = false }: ChangesCardProps) {
  return (
    <Card title="What changed" description="As it was recorded, newest first." flush>
      {items.length === 0 ? (
        <EmptyState
          title="Nothing is recorded yet"
          description="Scorecards are looked at every five minutes. Each change stands here from then on."
        />
      ) : (
        <ul className="divide-y">
          {items.map((row) => (
            <Change key={`${row.at} ${row.address}`} row={row} isOne={isOne} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Change({ row, isOne }: { row: ChangeRow; isOne: boolean }) {
  const move = levelMove(row);
  return (
    <li className="flex flex-col gap-1 px-5 py-3">
      <span className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">
          {!isOne && (
            <>
              <Link href={`/products/${row.address}/scorecard`} className="link">
                {row.title}
              </Link>
              {move && ': '}
            </>
          )}
          {move ?? (isOne ? 'The level stayed' : null)}
        </span>
        <span className="text-sm text-muted">
          {row.level !== null && `${row.score} of 100, `}
          <RelativeTime at={row.at} />
        </span>
      </span>
      {row.changes.length > 0 && (
        <ul className="flex list-disc flex-col gap-0.5 pl-5 text-sm text-muted">
          {row.changes.map((change) => (
            <li key={change.check}>{changeText(change)}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
