import Link from 'next/link';
import { Suspense } from 'react';
import { ReadinessCard } from '@/components/documentation/readiness-card';
import { TermsCard } from '@/components/glossary/terms-card';
import { CertificationCard } from '@/components/governance/certification-card';
import { ObjectivesCard } from '@/components/slo/objectives-card';
import { TagChips } from '@/components/tags/tag-chips';
import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stat } from '@/components/ui/stat';
import type { Ctx } from '@/lib/core';
import { partsOf } from '@/lib/documentation/parts';
import type { ProductPage } from '@/lib/serving';
import { bytesText, countText, titleCase } from './labels';
import { MarkdownText } from './markdown';
import { tabHref } from './product-tabs';
import { PromisesCard } from './promises-card';
import { UsageCard } from './usage-card';

export function OverviewTab({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
      <div className="flex min-w-0 flex-col gap-6">
        <SnapshotStats page={page} />
        <UsageCard ctx={ctx} page={page} />
        <DocumentationCard page={page} />
        <LineageCard page={page} />
      </div>
      <div className="flex min-w-0 flex-col gap-6">
        <Suspense>
          <ReadinessCard ctx={ctx} page={page} />
        </Suspense>
        <CertificationCard ctx={ctx} productId={page.id} />
        <FactsCard ctx={ctx} page={page} />
        <TermsCard ctx={ctx} page={page} />
        <PromisesCard page={page} />
        <ObjectivesCard
          ctx={ctx}
          productId={page.id}
          href={tabHref(`${page.domain}/${page.name}`, 'slo')}
          promised={[
            { label: 'Availability', value: page.slo?.availability },
            { label: 'Latency', value: page.slo?.latency },
            { label: 'Freshness', value: page.slo?.freshness },
            { label: 'Completeness', value: page.slo?.completeness },
          ]}
        />
      </div>
    </div>
  );
}

/** The words alone; what the portal adds to them stands on the documentation's own tab. */
function DocumentationCard({ page }: { page: ProductPage }) {
  const words = partsOf(page.documentation)
    .flatMap((part) => (part.kind === 'text' ? [part.text] : []))
    .join('\n\n');
  return (
    <Card
      title="Documentation"
      actions={
        <Link
          className="link text-sm"
          href={tabHref(`${page.domain}/${page.name}`, 'documentation')}
        >
          With samples and examples
        </Link>
      }
    >
      {words ? (
        <MarkdownText text={words} />
      ) : (
        <p className="text-muted">
          Nothing is written down yet. The owner, {page.ownerName}, can tell more.
        </p>
      )}
    </Card>
  );
}

function scoreOf(page: ProductPage): number | null {
  const scores = Object.values((page.quality?.scores ?? {}) as Record<string, unknown>).filter(
    (score) => typeof score === 'number',
  );
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function SnapshotStats({ page }: { page: ProductPage }) {
  const { snapshot } = page;
  const address = `${page.domain}/${page.name}`;
  const score = scoreOf(page);
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
      <Stat
        label="Rows"
        value={snapshot ? countText(snapshot.rowCount) : '–'}
        hint={`${page.schema.length} columns${snapshot ? `, ${bytesText(snapshot.sizeBytes)} of Parquet` : ''}`}
        href={tabHref(address, 'data')}
      />
      <Stat
        label="Quality"
        value={score === null ? '–' : score.toFixed(1)}
        hint={score === null ? 'Not measured yet' : 'Mean of the dimensions, of 100'}
        href={tabHref(address, 'quality')}
      />
      <Stat
        label="Snapshot"
        value={snapshot ? `№ ${snapshot.number}` : '–'}
        hint={snapshot ? <RelativeTime at={snapshot.createdAt} /> : 'No data yet'}
        href={tabHref(address, 'runs')}
      />
    </div>
  );
}

function FactsCard({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  return (
    <Card title="Facts">
      <KeyValue
        items={[
          {
            label: 'Owner',
            value: (
              <span title={page.owner}>
                {page.ownerName}
                <span className="block text-sm break-all text-subtle">{page.owner}</span>
              </span>
            ),
          },
          {
            label: 'Domain',
            value: (
              <Link className="link" href={page.links.domain}>
                {page.domainTitle}
              </Link>
            ),
          },
          { label: 'Classification', value: titleCase(page.classification) },
          { label: 'Version', value: page.version, mono: true },
          { label: 'Template', value: page.template, mono: true },
          { label: 'Created', value: <RelativeTime at={page.createdAt} /> },
          {
            label: 'Tags',
            value: (
              <Suspense>
                <TagChips ctx={ctx} productId={page.id} />
              </Suspense>
            ),
          },
        ]}
      />
    </Card>
  );
}

function LineageCard({ page }: { page: ProductPage }) {
  const { inputs, outputs, sources, transformations } = page.lineage;
  const others = sources.filter((source) => !inputs.includes(source));
  return (
    <Card title="Lineage">
      <KeyValue
        items={[
          { label: 'Reads', value: <ProductLinks addresses={inputs} none="no other product" /> },
          {
            label: 'Read by',
            value: <ProductLinks addresses={outputs} none="no other product yet" />,
          },
          ...(others.length > 0 ? [{ label: 'Sources', value: others.join(', ') }] : []),
          ...(transformations.length > 0
            ? [{ label: 'Transformations', value: transformations.join(', ') }]
            : []),
        ]}
      />
    </Card>
  );
}

function ProductLinks({ addresses, none }: { addresses: string[]; none: string }) {
  if (addresses.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {addresses.map((address) => (
        <Link key={address} href={`/products/${address}`} className="link font-mono break-all">
          {address}
        </Link>
      ))}
    </span>
  );
}
