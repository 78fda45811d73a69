import Link from 'next/link';
import { statusLabel } from '@/components/products/labels';
import { tabHref } from '@/components/products/product-tabs';
import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { hrefWith, type Query } from '@/components/ui/href';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { Ctx } from '@/lib/core';
import {
  LineageDepth,
  type LineageNode,
  MAX_DEPTH,
  type ProductLineage,
  productLineage,
} from '@/lib/lineage';
import type { ProductPage } from '@/lib/serving';
import { LineagePicture } from './lineage-picture';

interface LineageTabProps {
  ctx: Ctx;
  page: ProductPage;
  query: Query;
}

export async function LineageTab({ ctx, page, query }: LineageTabProps) {
  const address = `${page.domain}/${page.name}`;
  const asked = LineageDepth.safeParse(query.depth);
  const lineage = await productLineage(ctx, page.id, asked.success ? asked.data : undefined);
  const others = lineage.nodes.filter(({ level }) => level !== 0);
  return (
    <div className="flex flex-col gap-6">
      <Card
        title="Where it comes from, and who reads it"
        description="Products that this one is made from stand to the left, products made from it to the right."
        actions={<DepthLinks address={address} depth={lineage.depth} />}
      >
        {others.length === 0 ? (
          <EmptyState
            title="It stands alone"
            description="It is made from no other product, and no other is made from it yet."
          />
        ) : (
          <LineagePicture nodes={lineage.nodes} />
        )}
        {lineage.isCut && (
          <Callout className="mt-4">
            Only the nearest 200 products are shown. Choose fewer steps, or open one of them.
          </Callout>
        )}
      </Card>
      {others.length > 0 && (
        <Card title="The same as a list" flush>
          <LineageTable lineage={lineage} others={others} />
        </Card>
      )}
    </div>
  );
}

function DepthLinks({ address, depth }: { address: string; depth: number }) {
  return (
    <nav aria-label="Steps shown" className="flex items-center gap-1 text-sm">
      <span className="mr-1 text-muted">Steps</span>
      {Array.from({ length: MAX_DEPTH }, (_, index) => index + 1).map((steps) => (
        <Link
          key={steps}
          scroll={false}
          href={hrefWith(tabHref(address, 'lineage'), {}, { depth: String(steps) })}
          aria-current={steps === depth ? 'true' : undefined}
          className={cn(
            'inline-flex size-8 items-center justify-center rounded-md border',
            steps === depth ? 'border-accent font-medium text-ink' : 'text-muted hover:bg-hover',
          )}
        >
          {steps}
        </Link>
      ))}
    </nav>
  );
}

function placeText(level: number): string {
  const steps = Math.abs(level);
  const count = `${steps} ${steps === 1 ? 'step' : 'steps'}`;
  return level < 0 ? `${count} upstream` : `${count} downstream`;
}

function LineageTable({ lineage, others }: { lineage: ProductLineage; others: LineageNode[] }) {
  const addresses = new Map(lineage.nodes.map(({ id, address }) => [id, address]));
  return (
    <Table
      caption="Products upstream and downstream, nearest first"
      rows={others}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'product',
          header: 'Product',
          rowHeader: true,
          className: 'min-w-48',
          cell: ({ address, title }) => (
            <Link className="link" href={`/products/${address}/lineage`}>
              {title}
              <span className="block font-mono text-xs font-normal break-all text-subtle">
                {address}
              </span>
            </Link>
          ),
        },
        { key: 'place', header: 'Where', cell: ({ level }) => placeText(level) },
        {
          key: 'reads',
          header: 'Made from',
          cell: ({ reads }) => (
            <span className="font-mono text-sm break-all">
              {reads.map((id) => addresses.get(id)).join(', ') || '–'}
            </span>
          ),
        },
        {
          key: 'status',
          header: 'Status',
          cell: ({ status }) => {
            const { tone, text } = statusLabel(status);
            return <StatusBadge tone={tone}>{text}</StatusBadge>;
          },
        },
      ]}
    />
  );
}
