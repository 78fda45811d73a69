import Link from 'next/link';
import { compareHref } from '@/components/catalog/compare/compare-href';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import type { ColumnMatch, Duplicate } from '@/lib/insight';
import { DismissDialog, RestoreButton } from './dismiss-dialog';

const REASONS = 6;
const percent = (share: number) => `${Math.round(share * 100)}%`;

interface DuplicateListProps {
  duplicates: Duplicate[];
  /** What stands where there are none. */
  empty?: string;
}

/** Pairs of products with why they are taken for alike. */
export function DuplicateList(props: DuplicateListProps) {
  const { duplicates, empty = 'No products look alike' } = props;
  if (duplicates.length === 0) {
    return (
      <EmptyState
        title={empty}
        description="Products are compared once their rows or their contract change, within some minutes."
      />
    );
  }
  return (
    <ul className="divide-y">
      {duplicates.map((one) => (
        <Pair key={`${one.a.address} ${one.b.address}`} duplicate={one} />
      ))}
    </ul>
  );
}

function Pair({ duplicate }: { duplicate: Duplicate }) {
  const { a, b, score, content, columns, dismissed, mayDismiss } = duplicate;
  const addresses: [string, string] = [a.address, b.address];
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-5 py-4">
      <div className="min-w-0 flex-1 basis-80">
        <p className="font-medium break-words">
          <ProductLink product={a} /> and <ProductLink product={b} />
        </p>
        <p className="mt-0.5 text-sm text-muted">
          {percent(score)} alike
          {content === null
            ? ', by their columns; values were not compared, or are not yours to know'
            : `; ${percent(content)} of the values that were compared are the same`}
          .
        </p>
        <ul aria-label="Why" className="mt-2 flex flex-wrap gap-1.5">
          {columns.slice(0, REASONS).map((column) => (
            <li key={`${column.a} ${column.b}`} className="min-w-0">
              <Badge title={wordsOf(column)}>{wordsOf(column)}</Badge>
            </li>
          ))}
          {columns.length > REASONS && (
            <li className="text-sm text-muted">and {columns.length - REASONS} more</li>
          )}
        </ul>
        {dismissed && (
          <p className="mt-2 text-sm text-muted">
            {dismissed.by ?? 'Somebody'}, <RelativeTime at={dismissed.at} />: {dismissed.reason}
          </p>
        )}
      </div>
      <div className="flex flex-wrap gap-2">
        <Link href={compareHref(addresses)} className="link self-center text-sm">
          Compare
        </Link>
        {mayDismiss &&
          (dismissed ? (
            <RestoreButton products={addresses} />
          ) : (
            <DismissDialog products={addresses} titles={[a.title, b.title]} />
          ))}
      </div>
    </li>
  );
}

function ProductLink({ product: { address, title, domainTitle } }: { product: Duplicate['a'] }) {
  return (
    <>
      <Link href={`/products/${address}`} className="link">
        {title}
      </Link>{' '}
      <span className="text-sm font-normal text-muted">({domainTitle})</span>
    </>
  );
}

function wordsOf({ a, b, sameName, sameType, term, values }: ColumnMatch): string {
  const name = sameName ? a : `${a} = ${b}`;
  if (values !== null) return `${name}: ${percent(values)} of values`;
  if (sameName) return `${name}: name${sameType ? ' and type' : ''}`;
  return `${name}: term ${term}`;
}
