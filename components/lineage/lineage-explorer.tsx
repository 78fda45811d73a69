'use client';

import dynamic from 'next/dynamic';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { Controls } from './controls';
import { HighlightProvider, useHighlight } from './highlight';
import { ImpactCard } from './impact-card';
import { Legend } from './legend';
import { LineageList } from './lineage-list';
import { type LineageState, readState, writeState } from './lineage-state';
import { domainLooks, type Graph } from './model';
import { useLayout } from './use-layout';
import { useLineage } from './use-lineage';

/** Loaded where a picture is drawn, not with every page of a product. */
const Flow = dynamic(() => import('./flow').then((module) => module.Flow), {
  ssr: false,
  loading: () => <Waiting />,
});

/** The lineage of a product, of one of its columns, or of the whole mesh: as a picture and as a list. */
export function LineageExplorer({ product }: { product?: string }) {
  const [state, change] = useLineageState(product);
  const { graph, more, moreJobs, alone, columns, columnAnswer, error, retry } = useLineage(state);
  const looks = useMemo(() => domainLooks(graph?.boxes ?? []), [graph]);
  const { opened } = state;
  const toggle = useCallback(
    (address: string) =>
      change({
        opened: opened.includes(address)
          ? opened.filter((one) => one !== address)
          : [...opened, address],
      }),
    [opened, change],
  );
  const isAlone = graph !== undefined && graph.lines.length === 0;
  return (
    <div className="flex flex-col gap-6">
      <Card title={titleOf(state)} description={descriptionOf(state)}>
        <div className="flex flex-col gap-4">
          {state.focus && <Controls state={state} columns={columns} change={change} />}
          {!product && <Back state={state} change={change} />}
          {error && <ErrorState message={error.message} onRetry={retry} />}
          {!error && !graph && <Waiting />}
          {isAlone && <Alone isColumn={state.column !== null} isMesh={state.focus === null} />}
          {graph && !isAlone && (
            <HighlightProvider lines={graph.lines} key={state.focus}>
              <Drawn
                {...{ graph, opened }}
                toggle={state.focus && state.column === null ? toggle : null}
                looks={looks}
                onChoose={state.focus ? undefined : (domain) => change({ domain })}
              />
            </HighlightProvider>
          )}
          <Notes {...{ more, moreJobs, alone }} answer={columnAnswer} />
        </div>
      </Card>
      {state.focus && <ImpactCard address={state.focus} column={state.column} />}
      {graph && !isAlone && (
        <Card title="The same as a list" flush>
          <LineageList graph={graph} caption={titleOf(state)} />
        </Card>
      )}
    </div>
  );
}

type Change = (changes: Partial<LineageState>) => void;

/** The address of the page is the state: going back, reloading and sharing just work. */
function useLineageState(product?: string): [LineageState, Change] {
  const params = useSearchParams();
  const pathname = usePathname();
  const state = useMemo(
    () => readState(new URLSearchParams(params.toString()), product),
    [params, product],
  );
  const change = useCallback(
    (changes: Partial<LineageState>) => {
      const next = writeState({ ...state, ...changes }, product);
      window.history.pushState(null, '', pathname + next);
    },
    [state, product, pathname],
  );
  return [state, change];
}

function titleOf({ focus, column, domain }: LineageState): string {
  if (column) return `Where ${column} comes from, and where it goes`;
  if (focus) return 'Where it comes from, and who reads it';
  return domain ? `Products of ${domain}, and their neighbours` : 'The whole mesh';
}

function descriptionOf({ focus, column }: LineageState): string {
  if (column) return 'Solid lines carry values, dashed ones are conditions.';
  if (focus) return 'Sources stand to the left, readers to the right. A plus opens more of them.';
  return 'Every product that reads another or is read. Choose a domain, or zoom in.';
}

interface DrawnProps {
  graph: Graph;
  opened: string[];
  toggle: ((address: string) => void) | null;
  looks: ReturnType<typeof domainLooks>;
  onChoose?: ((domain: string) => void) | undefined;
}

function Drawn({ graph, opened, toggle, looks, onChoose }: DrawnProps) {
  const layout = useLayout(graph);
  const byName = useMemo(() => new Map(looks.map((look) => [look.name, look])), [looks]);
  return (
    <>
      {layout ? <Flow {...{ graph, layout, opened, toggle }} looks={byName} /> : <Waiting />}
      <Chosen graph={graph} />
      <Legend looks={looks} onChoose={onChoose} />
    </>
  );
}

function Waiting() {
  return (
    <p role="status" className="flex h-[60vh] min-h-80 items-center justify-center text-muted">
      Loading the lineage…
    </p>
  );
}

/** What can be done with the box that was chosen. */
function Chosen({ graph }: { graph: Graph }) {
  const { chosen, path } = useHighlight();
  const box = graph.boxes.find(({ id }) => id === chosen);
  if (!box) return null;
  const isProduct = !box.outside && box.address.includes('/');
  if (!isProduct && !box.outside) return null;
  return (
    <p role="status" className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      <span>
        <strong>{box.title}</strong> is on a path of {(path?.size ?? 1).toLocaleString('en')}.
      </span>
      {box.outside && (
        <span className="break-all text-muted">
          {box.outside} of {box.address}
        </span>
      )}
      {isProduct && (
        <>
          <Link className="link" href={`/products/${box.address}/lineage`}>
            Its lineage
          </Link>
          <Link className="link" href={`/products/${box.address}`}>
            Open {box.address}
          </Link>
        </>
      )}
    </p>
  );
}

function Alone({ isColumn, isMesh }: { isColumn: boolean; isMesh: boolean }) {
  if (isColumn) {
    return (
      <EmptyState
        title="Nothing is known of this column"
        description="No statement that could be traced makes it or reads it."
      />
    );
  }
  return (
    <EmptyState
      title={isMesh ? 'No product reads another yet' : 'It stands alone'}
      description={
        isMesh
          ? 'Make a product from another one, and it is drawn here.'
          : 'It is made from no other product, and no other is made from it yet.'
      }
    />
  );
}

function Back({ state, change }: { state: LineageState; change: Change }) {
  if (state.focus === null && state.domain === null) return null;
  return (
    <button
      type="button"
      className="link self-start text-sm"
      onClick={() => change({ focus: null, domain: null, column: null, opened: [] })}
    >
      Show the whole mesh
    </button>
  );
}

interface NotesProps {
  more: number;
  moreJobs: number;
  alone: number;
  answer: ReturnType<typeof useLineage>['columnAnswer'];
}

/** What the picture leaves out, and what could not be told. */
function Notes({ more, moreJobs, alone, answer }: NotesProps) {
  const gaps = answer?.gaps ?? [];
  return (
    <>
      {more > 0 && (
        <Callout>
          And {more.toLocaleString('en')} more. The nearest and most read are shown; choose fewer
          steps or a domain.
        </Callout>
      )}
      {moreJobs > 0 && (
        <p className="text-sm text-muted">
          And {moreJobs.toLocaleString('en')} more jobs outside the portal. Those heard of last are
          shown.
        </p>
      )}
      {alone > 0 && (
        <p className="text-sm text-muted">
          {alone.toLocaleString('en')} {alone === 1 ? 'product reads' : 'products read'} no other
          and {alone === 1 ? 'is' : 'are'} read by none.
        </p>
      )}
      {answer && !answer.isDerived && (
        <Callout>Its statement is being read. Reload in a moment.</Callout>
      )}
      {answer?.isCut && <Callout>Only the nearest 500 lines are shown.</Callout>}
      {gaps.length > 0 && (
        <Callout tone="warn" title="Not all of it could be traced">
          <ul className="list-disc pl-4">
            {gaps.slice(0, 10).map(({ productId, field, reason }) => (
              <li key={productId + field + reason}>
                {answer?.products[productId]} {field || 'rows'}: {reason}
              </li>
            ))}
          </ul>
          {gaps.length > 10 && `and ${gaps.length - 10} more`}
        </Callout>
      )}
    </>
  );
}
