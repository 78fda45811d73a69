import { Award, History } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CertifiedBadge } from '@/components/governance/certified-badge';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import type { CatalogPage } from '@/lib/catalog';
import type { RecentProduct } from '@/lib/community';

const SHOWN = 5;

interface ShelvesProps {
  /** What the person read last. */
  recent: RecentProduct[];
  /** Products that stewards certified. */
  certified: CatalogPage;
}

/** What to begin with, before anything is searched: what one used, and what can be relied on. */
export function BrowseShelves({ recent, certified }: ShelvesProps) {
  const { entries, total, isCapped } = certified;
  if (recent.length === 0 && entries.length === 0) return null;
  return (
    <div className="mt-6 grid gap-3 md:grid-cols-2">
      {recent.length > 0 && (
        <Shelf title="Recently used" icon={<History aria-hidden />}>
          {recent.slice(0, SHOWN).map(({ id, address, title, lastAt }) => (
            <Item key={id} address={address} title={title}>
              <RelativeTime at={lastAt} className="text-sm text-subtle" />
            </Item>
          ))}
        </Shelf>
      )}
      {entries.length > 0 && (
        <Shelf
          title="Certified"
          icon={<Award aria-hidden />}
          more={
            <Link href="/catalog?certified=yes" className="link text-sm">
              All {total}
              {isCapped && '+'}
            </Link>
          }
        >
          {entries.slice(0, SHOWN).map(({ id, domain, name, title, certifiedUntil }) => (
            <Item key={id} address={`${domain}/${name}`} title={title}>
              <CertifiedBadge until={certifiedUntil} />
            </Item>
          ))}
        </Shelf>
      )}
    </div>
  );
}

interface ShelfProps {
  title: string;
  icon: ReactNode;
  more?: ReactNode;
  children: ReactNode;
}

function Shelf({ title, icon, more, children }: ShelfProps) {
  return (
    <Card
      title={
        <span className="inline-flex items-center gap-2 [&_svg]:size-4 [&_svg]:text-subtle">
          {icon}
          {title}
        </span>
      }
      actions={more}
    >
      <ul className="divide-y">{children}</ul>
    </Card>
  );
}

function Item({
  address,
  title,
  children,
}: {
  address: string;
  title: string;
  children: ReactNode;
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
      <Link href={`/products/${address}`} className="link min-w-0 wrap-anywhere">
        {title}
      </Link>
      {children}
    </li>
  );
}
