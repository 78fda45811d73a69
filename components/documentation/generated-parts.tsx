import Link from 'next/link';
import type { ReactNode } from 'react';
import { titleCase } from '@/components/products/labels';
import { tabHref } from '@/components/products/product-tabs';
import { SchemaTab } from '@/components/products/schema-tab';
import { KeyValue } from '@/components/ui/key-value';
import { RelativeTime } from '@/components/ui/relative-time';
import { type ChangelogEntry, promisedOf } from '@/lib/documentation';
import { type Generated, SAMPLE_QUERY } from '@/lib/documentation/parts';
import type { ProductPage } from '@/lib/serving';
import { LiveRows } from './live-rows';

/** What stands in place of each mark; made on the server, so that the editor's preview shows the same. */
export function generatedParts(
  page: ProductPage,
  changelog: readonly ChangelogEntry[],
): Record<Generated, ReactNode> {
  const address = `${page.domain}/${page.name}`;
  return {
    schema: <SchemaTab fields={page.schema} />,
    samples: (
      <LiveRows address={address} query={SAMPLE_QUERY} caption={`Sample rows of ${address}`} />
    ),
    quality: <Scores page={page} />,
    slo: <Promised page={page} />,
    lineage: <Neighbours page={page} />,
    changelog: <Changelog entries={changelog} />,
  };
}

function Scores({ page }: { page: ProductPage }) {
  const scores = Object.entries((page.quality?.scores ?? {}) as Record<string, number>);
  if (!page.quality || scores.length === 0) return <p className="text-muted">Not measured yet.</p>;
  return (
    <>
      <KeyValue
        layout="grid"
        items={scores.map(([dimension, score]) => ({
          label: titleCase(dimension),
          value: <span className="tabular">{score.toFixed(1)}</span>,
        }))}
      />
      <p className="mt-2 text-sm text-muted">
        Share of good rows, of 100, measured <RelativeTime at={page.quality.measuredAt} />.
      </p>
    </>
  );
}

function Promised({ page }: { page: ProductPage }) {
  const promised = promisedOf(page);
  if (promised.length === 0) {
    return <p className="text-muted">This product promises no service level.</p>;
  }
  return <KeyValue items={promised.map((one) => ({ ...one, mono: true }))} />;
}

function Neighbours({ page }: { page: ProductPage }) {
  const { inputs, outputs } = page.lineage;
  const address = `${page.domain}/${page.name}`;
  return (
    <>
      <KeyValue
        items={[
          { label: 'Made from', value: <Products addresses={inputs} none="no other product" /> },
          { label: 'Read by', value: <Products addresses={outputs} none="no other product yet" /> },
        ]}
      />
      <p className="mt-2">
        <Link className="link text-sm" href={tabHref(address, 'lineage')}>
          See the lineage further up and down
        </Link>
      </p>
    </>
  );
}

function Products({ addresses, none }: { addresses: string[]; none: string }) {
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

function Changelog({ entries }: { entries: readonly ChangelogEntry[] }) {
  if (entries.length === 0) return <p className="text-muted">Nothing was announced yet.</p>;
  return (
    <ol className="flex flex-col gap-1.5">
      {entries.map(({ at, text }) => (
        <li key={`${at} ${text}`} className="flex flex-wrap gap-x-3">
          <RelativeTime at={at} className="w-32 shrink-0 text-muted" />
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
