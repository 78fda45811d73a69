import { Columns3, X } from 'lucide-react';
import Link from 'next/link';
import { statusLabel } from '@/components/products/labels';
import { StatusBadge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import type { Query } from '@/components/ui/href';
import { PageHeader } from '@/components/ui/page-header';
import { EmptyState } from '@/components/ui/states';
import type { ComparedProduct, Comparison } from '@/lib/catalog';
import { compareHref } from './compare-href';
import { ComparedColumns } from './compared-columns';
import { ComparedFacts, type CostsByAddress } from './compared-facts';

const CRUMBS = [{ label: 'Catalogue', href: '/catalog' }, { label: 'Compare' }];
const BACK = <ButtonLink href="/catalog">Choose in the catalogue</ButtonLink>;

interface CompareViewProps {
  comparison: Comparison;
  costs: CostsByAddress;
  query: Query;
}

/** Two to four products beside one another: what they are, promise, hold and cost. */
export function CompareView({ comparison, costs, query }: CompareViewProps) {
  const { products, missing } = comparison;
  const addresses = products.map(({ address }) => address);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        className="mb-0"
        title="Compare products"
        crumbs={CRUMBS}
        actions={BACK}
        description={products.map(({ title }) => title).join(', ')}
      />
      {missing.length > 0 && (
        <Callout tone="warn" title="Not everything is here">
          <span className="break-all">{missing.join(', ')}</span>{' '}
          {missing.length === 1 ? 'does' : 'do'} not exist, or you may not see{' '}
          {missing.length === 1 ? 'it' : 'them'}.
        </Callout>
      )}
      {products.length < 2 ? (
        <Nothing />
      ) : (
        <>
          <ul aria-label="Compared products" className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
            {products.map((product) => (
              <Head key={product.address} product={product} all={addresses} />
            ))}
          </ul>
          <ComparedFacts products={products} costs={costs} />
          <ComparedColumns comparison={comparison} query={query} />
        </>
      )}
    </div>
  );
}

/** An address that names no two products. */
export function CompareNothing() {
  return (
    <>
      <PageHeader title="Compare products" crumbs={CRUMBS} />
      <Nothing />
    </>
  );
}

function Nothing() {
  return (
    <EmptyState
      icon={<Columns3 />}
      title="Choose two to four products"
      description="Tick Compare on products of the catalogue, then press Compare at the foot of the page."
      actions={BACK}
    />
  );
}

function Head({ product, all }: { product: ComparedProduct; all: readonly string[] }) {
  const { address, title, status, description } = product;
  const { tone, text } = statusLabel(status);
  const others = all.filter((one) => one !== address);
  return (
    <li className="flex flex-col gap-1.5 rounded-lg border bg-surface p-4">
      <div className="flex items-start justify-between gap-2">
        <h2 className="min-w-0 text-lg font-semibold tracking-tight break-words">
          <Link href={`/products/${address}`} className="hover:text-accent-ink">
            {title}
          </Link>
        </h2>
        {others.length >= 2 && (
          <Link
            href={compareHref(others)}
            aria-label={`Take out ${title}`}
            title={`Take out ${title}`}
            className="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
          >
            <X className="size-4" aria-hidden />
          </Link>
        )}
      </div>
      <p className="font-mono text-xs break-all text-subtle">{address}</p>
      <p>
        <StatusBadge tone={tone}>{text}</StatusBadge>
      </p>
      {description && <p className="line-clamp-3 text-sm break-words text-muted">{description}</p>}
    </li>
  );
}
