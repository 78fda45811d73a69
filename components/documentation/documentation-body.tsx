'use client';

import type { ReactNode } from 'react';
import { MarkdownText } from '@/components/products/markdown';
import { StatusBadge } from '@/components/ui/badge';
import { Callout } from '@/components/ui/callout';
import { CodeBlock } from '@/components/ui/code-block';
import type { ExampleOutcome } from '@/lib/documentation';
import {
  boundedQuery,
  GENERATED_TITLES,
  type Generated,
  type Part,
  partsOf,
} from '@/lib/documentation/parts';
import { LiveRows } from './live-rows';

export interface DocumentationBodyProps {
  address: string;
  text: string;
  /** What stands where the text has a mark. */
  generated: Record<Generated, ReactNode>;
  examples: readonly ExampleOutcome[];
}

export function DocumentationBody(props: DocumentationBodyProps) {
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {partsOf(props.text).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
        <PartView key={index} part={part} {...props} />
      ))}
    </div>
  );
}

function PartView({ part, ...props }: DocumentationBodyProps & { part: Part }) {
  const { address, generated, examples } = props;
  if (part.kind === 'text') return <MarkdownText text={part.text} />;
  if (part.kind === 'example') {
    const outcome = examples.find(({ query }) => query === part.query);
    return <ExampleView address={address} query={part.query} outcome={outcome} />;
  }
  const title = GENERATED_TITLES[part.name];
  return (
    <section aria-label={title} className="min-w-0">
      {part.isAppended && <h3 className="mb-2 text-lg font-semibold">{title}</h3>}
      {generated[part.name]}
    </section>
  );
}

interface ExampleProps {
  address: string;
  query: string;
  outcome: ExampleOutcome | undefined;
}

function ExampleView({ address, query, outcome }: ExampleProps) {
  return (
    <section aria-label={`Example ${query}`} className="flex min-w-0 flex-col gap-2">
      <CodeBlock
        wrap
        samples={{ label: 'Example', code: `GET /api/v1/data/${address}/rows?${query}` }}
      />
      <ExampleState outcome={outcome} />
      {outcome?.state === 'works' && (
        <LiveRows address={address} query={boundedQuery(query)} caption={`Rows of ${query}`} />
      )}
    </section>
  );
}

function ExampleState({ outcome }: { outcome: ExampleOutcome | undefined }) {
  if (!outcome) {
    return <p className="text-sm text-muted">It is run when the documentation is saved.</p>;
  }
  if (outcome.state === 'fails') {
    return (
      <Callout tone="error" title="This example no longer works">
        {outcome.message}
      </Callout>
    );
  }
  if (outcome.state === 'unknown') {
    return <p className="text-sm text-muted">{outcome.message || 'There are no rows yet.'}</p>;
  }
  return (
    <p>
      <StatusBadge tone="ok">Works on the newest rows</StatusBadge>
    </p>
  );
}
