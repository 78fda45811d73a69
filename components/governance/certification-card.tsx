import { Badge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Ctx } from '@/lib/core';
import {
  type CertificationRow,
  certifiedUntil,
  type ProductCertification,
  productCertification,
} from '@/lib/governance';
import { CertifyDialog, WithdrawButton } from './certification-actions';
import { CertifiedBadge } from './certified-badge';

const ENDS: Record<string, string> = {
  expired: 'Ran out',
  renewed: 'Renewed',
  withdrawn: 'Withdrawn',
  new_version: 'Ended by a new version',
  left_production: 'Ended with production',
};

/** In a product's header; nothing where no certification stands. */
export async function HeaderBadge({ ctx, productId }: { ctx: Ctx; productId: string }) {
  return <CertifiedBadge until={await certifiedUntil(ctx, productId)} />;
}

/** Whether a product is certified, by whom and why; how it was before; and what a steward can do about it. */
export async function CertificationCard({ ctx, productId }: { ctx: Ctx; productId: string }) {
  const found = await productCertification(ctx, productId);
  const { standing, history, mayCertify, nextPage } = found;
  if (history.length === 0 && !mayCertify) return null;
  const past = history.filter(({ id }) => id !== standing?.id);
  return (
    <Card
      id="certification"
      title="Certification"
      actions={mayCertify && <Actions productId={productId} found={found} />}
    >
      {standing ? (
        <Standing row={standing} />
      ) : (
        <p className="text-muted">No steward’s certification stands now.</p>
      )}
      {mayCertify && <Obstacles found={found} />}
      {past.length > 0 && (
        <details className="mt-4">
          <summary className="cursor-pointer text-sm font-medium">
            Earlier certifications ({past.length}
            {nextPage && ' newest'})
          </summary>
          <ol className="mt-2 grid gap-3">
            {past.map((row) => (
              <Past key={row.id} row={row} />
            ))}
          </ol>
        </details>
      )}
    </Card>
  );
}

function Actions({ productId, found }: { productId: string; found: ProductCertification }) {
  const { standing, obstacles } = found;
  const isFit = obstacles.length === 0;
  return (
    <span className="flex flex-wrap gap-2">
      {isFit && <CertifyDialog productId={productId} renews={standing?.id ?? null} />}
      {standing && <WithdrawButton certificationId={standing.id} />}
    </span>
  );
}

function Standing({ row }: { row: CertificationRow }) {
  return (
    <div className="grid gap-2">
      <p>
        <CertifiedBadge until={row.until} />
      </p>
      <p className="break-words" dir="auto">
        {row.reason}
      </p>
      <p className="text-sm text-subtle">
        {row.by}, <RelativeTime at={row.at} />, of version {row.version}
      </p>
    </div>
  );
}

function Obstacles({ found: { obstacles, standing } }: { found: ProductCertification }) {
  if (obstacles.length === 0) return null;
  return (
    <Callout
      tone="warn"
      title={standing ? 'It cannot be renewed now' : 'It cannot be certified now'}
      className="mt-4"
    >
      <ul className="list-disc space-y-1 pl-4 break-words">
        {obstacles.map((obstacle) => (
          <li key={obstacle}>{obstacle}</li>
        ))}
      </ul>
    </Callout>
  );
}

function Past({ row: { by, at, until, version, reason, end } }: { row: CertificationRow }) {
  return (
    <li className="grid gap-1 border-l-2 pl-3 text-sm">
      <span className="flex flex-wrap items-center gap-2">
        <Badge>{ENDS[end?.kind ?? ''] ?? 'Ended'}</Badge>
        {end && <RelativeTime at={end.at} className="text-subtle" />}
      </span>
      <span className="break-words" dir="auto">
        {reason}
      </span>
      {end?.reason && (
        <span className="break-words text-muted" dir="auto">
          {end.by ? `${end.by}: ` : ''}
          {end.reason}
        </span>
      )}
      <span className="text-subtle">
        {by}, <RelativeTime at={at} />, of version {version}, until <RelativeTime at={until} />
      </span>
    </li>
  );
}
