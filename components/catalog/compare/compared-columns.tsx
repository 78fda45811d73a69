import { BookA } from 'lucide-react';
import Link from 'next/link';
import { termHref } from '@/components/glossary/term-href';
import { countText } from '@/components/products/labels';
import { FieldMarks } from '@/components/products/schema-tab';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import type { Query } from '@/components/ui/href';
import { hrefWith } from '@/components/ui/href';
import { Pagination } from '@/components/ui/pagination';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import { Tabs } from '@/components/ui/tabs';
import type { AlignedColumn, ComparedColumn, Comparison } from '@/lib/catalog';
import { COMPARE_PATH } from './compare-href';
import { FACT_COLUMN } from './compared-facts';

interface ComparedColumnsProps {
  comparison: Comparison;
  query: Query;
}

/** The schemas side by side, a row for each column that is the same one. */
export function ComparedColumns({ comparison, query }: ComparedColumnsProps) {
  const { products, columns } = comparison;
  const { total, same, rows } = columns;
  const hrefOf = (only: string | null) => hrefWith(COMPARE_PATH, query, { only });
  const isOnly = [query.only].flat()[0] === 'differences';
  return (
    <Card
      title="Columns"
      flush
      description="Columns are one when their names are, however they are written, or when both are linked to one term of the glossary."
    >
      <Similarity comparison={comparison} />
      <Tabs
        label="Which columns"
        className="px-3"
        current={hrefOf(isOnly ? 'differences' : null)}
        items={[
          { href: hrefOf(null), label: 'All columns', count: countText(total) },
          {
            href: hrefOf('differences'),
            label: 'Only differences',
            count: countText(total - same),
          },
        ]}
      />
      <Table
        caption={`The columns of ${products.map(({ title }) => title).join(', ')}`}
        rows={rows}
        rowKey={({ cells }) => cells.map((cell) => cell?.name ?? '').join('\n')}
        empty={
          <EmptyState
            title={total === 0 ? 'No columns' : 'No differences'}
            description="Every column is in all of them, with the same type."
          />
        }
        columns={[
          {
            key: 'column',
            header: 'Column',
            rowHeader: true,
            className: FACT_COLUMN,
            cell: (row) => <ColumnName row={row} products={products} />,
          },
          ...products.map(({ address, title }, at) => ({
            key: address,
            header: title,
            className: 'min-w-52 align-top',
            cell: ({ cells, typesDiffer }: AlignedColumn) => (
              <ColumnCell column={cells[at] ?? null} isDifferent={typesDiffer} />
            ),
          })),
        ]}
      />
      <ColumnPages columns={columns} query={query} />
    </Card>
  );
}

function ColumnPages({ columns, query }: { columns: Comparison['columns']; query: Query }) {
  const { rows, nextAfter } = columns;
  const after = Number([query.after].flat()[0]) || 0;
  const next = nextAfter === null ? null : { after: String(nextAfter) };
  if (after === 0 && !next) return null;
  return (
    <div className="border-t px-5 py-3">
      <Pagination
        label="Pages of columns"
        firstHref={after > 0 ? hrefWith(COMPARE_PATH, query, {}) : null}
        nextHref={next && hrefWith(COMPARE_PATH, query, next)}
        summary={`${after + 1}–${after + rows.length}`}
      />
    </div>
  );
}

function Similarity({ comparison: { similarity, columns } }: { comparison: Comparison }) {
  if (similarity === null) return null;
  const { total, same, typesDiffer, partial } = columns;
  return (
    <p className="px-5 pt-3 text-base">
      <strong className="tabular">{Math.round(similarity * 100)}% similar:</strong>{' '}
      {countText(same)} of {countText(total)} columns are in every product with the same type.{' '}
      <span className="text-muted">
        {countText(typesDiffer)} {typesDiffer === 1 ? 'differs' : 'differ'} in type,{' '}
        {countText(partial)} {partial === 1 ? 'is' : 'are'} not in all of them.
      </span>
    </p>
  );
}

function ColumnName({ row, products }: { row: AlignedColumn; products: Comparison['products'] }) {
  const { cells, isEverywhere, typesDiffer, byTerm } = row;
  const holders = products.filter((_, at) => cells[at]);
  const where = holders.length === 1 ? `only in ${holders[0]?.title}` : `not in all`;
  return (
    <span className="flex flex-col items-start gap-1">
      <span className="font-mono text-sm break-all">{cells.find(Boolean)?.name}</span>
      {typesDiffer && <StatusBadge tone="warn">types differ</StatusBadge>}
      {!isEverywhere && <span className="text-xs font-normal text-subtle">{where}</span>}
      {byTerm && (
        <span className="text-xs font-normal text-subtle">
          one by the term{' '}
          <Link className="link" href={termHref(byTerm.slug)}>
            {byTerm.name}
          </Link>
        </span>
      )}
    </span>
  );
}

function ColumnCell({
  column,
  isDifferent,
}: {
  column: ComparedColumn | null;
  isDifferent: boolean;
}) {
  if (!column) return <span className="text-subtle">not there</span>;
  const { name, type, description, terms } = column;
  return (
    <span className="flex flex-col items-start gap-1">
      <span className="font-mono text-sm break-all">
        {name}{' '}
        <span className={isDifferent ? 'font-semibold text-warn' : 'text-muted'}>{type}</span>
      </span>
      {description && <span className="line-clamp-3 text-sm text-muted">{description}</span>}
      <FieldMarks field={column} />
      <span className="flex flex-wrap gap-1">
        {terms.map((term) => (
          <Link key={term.slug} href={termHref(term.slug)} className="max-w-full">
            <Badge icon={<BookA aria-hidden />}>{term.name}</Badge>
          </Link>
        ))}
      </span>
    </span>
  );
}
