import { Clock, Gauge, Rows3, User, Users } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Rating } from '@/components/community/stars';
import { CertifiedBadge } from '@/components/governance/certified-badge';
import { compactCount, countText, statusLabel, titleCase } from '@/components/products/labels';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import type { CatalogEntry } from '@/lib/catalog';
import { CompareChoice } from './compare/compare-choice';
import { Why, WithMatch } from './why';

export function ProductCard({ entry }: { entry: CatalogEntry }) {
  const status = statusLabel(entry.status);
  return (
    <li className="relative flex flex-col gap-2 rounded-lg border bg-surface p-4 transition-colors focus-within:border-line-strong hover:border-line-strong">
      <div className="flex flex-wrap items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="text-lg font-semibold tracking-tight break-words">
            <Link
              href={`/products/${entry.domain}/${entry.name}`}
              className="after:absolute after:inset-0 after:rounded-lg hover:text-accent-ink"
            >
              <WithMatch entry={entry} field="title" />
            </Link>
          </h2>
          <p className="font-mono text-xs break-all text-subtle">
            {entry.domain}/{entry.name}
          </p>
        </div>
        <span className="flex min-w-0 flex-wrap gap-1.5">
          <CertifiedBadge until={entry.certifiedUntil} />
          <StatusBadge tone={status.tone}>{status.text}</StatusBadge>
          <Badge title="Classification">{titleCase(entry.classification)}</Badge>
        </span>
      </div>
      {entry.description && (
        <p className="line-clamp-2 text-base break-words text-muted">{entry.description}</p>
      )}
      <Why entry={entry} />
      {entry.tags.length > 0 && (
        <p className="flex flex-wrap gap-1">
          {entry.tags.slice(0, 6).map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </p>
      )}
      <CardFacts entry={entry} />
      {/* Above the link that the whole card is. */}
      <CompareChoice
        address={`${entry.domain}/${entry.name}`}
        title={entry.title}
        className="relative z-1 self-start"
      />
    </li>
  );
}

function CardFacts({ entry }: { entry: CatalogEntry }) {
  const { rowCount, columnCount, qualityScore, readers, rating, snapshotAt } = entry;
  return (
    <ul className="mt-auto flex flex-wrap gap-x-4 gap-y-1 pt-1 text-sm text-muted">
      <Fact icon={<User />} label="Owner">
        <span title={entry.ownerEmail}>{entry.ownerName}</span>
      </Fact>
      {rowCount !== null && (
        <Fact icon={<Rows3 />} label="Size">
          <span className="tabular" title={`${countText(rowCount)} rows`}>
            {compactCount(rowCount)} rows × {columnCount}
          </span>
        </Fact>
      )}
      {qualityScore !== null && (
        <Fact icon={<Gauge />} label="Quality score">
          <span className="tabular" title="Mean of the newest run's quality dimensions">
            {qualityScore.toFixed(1)} quality
          </span>
        </Fact>
      )}
      {rating && (
        <li>
          <Rating rating={rating} />
        </li>
      )}
      {readers > 0 && (
        <Fact icon={<Users />} label="Use">
          <span className="tabular" title="Different people who read it in the last 30 days">
            {compactCount(readers)} {readers === 1 ? 'reader' : 'readers'}
          </span>
        </Fact>
      )}
      <Fact icon={<Clock />} label="Freshness">
        {snapshotAt ? <RelativeTime at={snapshotAt} /> : 'No data yet'}
      </Fact>
    </ul>
  );
}

interface FactProps {
  icon: ReactNode;
  label: string;
  children: ReactNode;
}

function Fact({ icon, label, children }: FactProps) {
  return (
    <li className="inline-flex items-center gap-1 [&_svg]:size-3.5 [&_svg]:text-subtle">
      <span aria-hidden>{icon}</span>
      <span className="sr-only">{label}: </span>
      {children}
    </li>
  );
}
