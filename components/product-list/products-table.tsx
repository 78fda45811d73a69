import Link from 'next/link';
import { compactCount, countText, statusLabel, titleCase } from '@/components/products/labels';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table } from '@/components/ui/table';
import type { ListedProduct } from '@/lib/catalog';
import { RunCell } from './run-cell';

interface ProductsTableProps {
  products: ListedProduct[];
  /** Whose they are is plain when all are one's own. */
  hasOwner: boolean;
}

export function ProductsTable({ products, hasOwner }: ProductsTableProps) {
  const owner = {
    key: 'owner',
    header: 'Owner',
    cell: (product: ListedProduct) => product.ownerName,
    className: 'whitespace-nowrap',
  };
  return (
    <Table
      caption="Data products"
      rows={products}
      rowKey={(product) => product.id}
      columns={[
        {
          key: 'product',
          header: 'Product',
          rowHeader: true,
          className: 'min-w-64 text-left',
          cell: (product) => <NameCell product={product} />,
        },
        { key: 'status', header: 'Status', cell: (product) => <StatusCell product={product} /> },
        ...(hasOwner ? [owner] : []),
        { key: 'run', header: 'Last run', cell: (product) => <RunCell product={product} /> },
        {
          key: 'refresh',
          header: 'Refreshed',
          className: 'whitespace-nowrap',
          cell: ({ refreshedAt }) => (refreshedAt ? <RelativeTime at={refreshedAt} /> : <None />),
        },
        {
          key: 'quality',
          header: <span title="Mean of the newest run’s quality dimensions, 0–100">Quality</span>,
          align: 'right',
          cell: ({ qualityScore }) => (qualityScore === null ? <None /> : qualityScore.toFixed(1)),
        },
        {
          key: 'rows',
          header: 'Rows',
          align: 'right',
          cell: ({ rowCount }) =>
            rowCount === null ? (
              <None />
            ) : (
              <span title={`${countText(rowCount)} rows`}>{compactCount(rowCount)}</span>
            ),
        },
      ]}
    />
  );
}

function None() {
  return (
    <span className="text-subtle">
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </span>
  );
}

function NameCell({ product }: { product: ListedProduct }) {
  const { domain, name, title, classification } = product;
  const href = hrefOf(product);
  return (
    <>
      {href ? (
        <Link href={href} className="font-medium break-words hover:text-accent-ink hover:underline">
          {title}
        </Link>
      ) : (
        <span className="font-medium break-words">{title}</span>
      )}
      <span className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-1 font-normal">
        <span className="font-mono text-xs break-all text-subtle">
          {domain}/{name}
        </span>
        <Badge title="Classification">{titleCase(classification)}</Badge>
      </span>
    </>
  );
}

/** A product whose provisioning was taken back is a draft again, and has no page of its own. */
function hrefOf({ status, draftId, run, domain, name }: ListedProduct): string | null {
  if (status !== 'draft') return `/products/${domain}/${name}`;
  if (draftId) return `/products/drafts/${draftId}`;
  return run && `/runs/${run.id}`;
}

const ENVIRONMENTS: Record<string, string> = {
  provisioning: 'being made',
  live: 'live',
  removed: 'taken down',
};

function StatusCell({ product }: { product: ListedProduct }) {
  const { status, environment, environmentStatus } = product;
  const label = statusLabel(status);
  return (
    <span className="flex flex-col items-start gap-0.5">
      <StatusBadge tone={label.tone}>{label.text}</StatusBadge>
      {environment && environmentStatus && (
        <span className="text-sm whitespace-nowrap text-muted">
          {environment} · {ENVIRONMENTS[environmentStatus] ?? environmentStatus}
        </span>
      )}
    </span>
  );
}
