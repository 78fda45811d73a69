'use client';

import {
  BaseEdge,
  type Edge,
  EdgeLabelRenderer,
  type EdgeProps,
  getBezierPath,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlowProvider,
} from '@xyflow/react';
import Link from 'next/link';
import { useMemo } from 'react';
import { Canvas } from '@/components/lineage/canvas';
import { type DomainLook, domainLooks } from '@/components/lineage/model';
import type { Layout } from '@/components/lineage/pack';
import { useLayered } from '@/components/lineage/use-layout';
import { cn } from '@/components/ui/cn';
import type { DomainMap, MapEdge } from '@/lib/catalog';
import { type MapBox, shapeOf, strokeOf } from './map-shape';
import { MapWaiting } from './map-waiting';
import { shortText, usedText, usesHref } from './map-words';

/** More words than these hide the lines; the list has all of them. */
const MOST_WORDS = 40;

interface DomainData extends Record<string, unknown> {
  box: MapBox;
  look: DomainLook;
}
interface UseData extends Record<string, unknown> {
  edge: MapEdge;
  words: string;
  hasWords: boolean;
  isChosen: boolean;
}
type DomainNodeType = Node<DomainData, 'domain'>;
type UseEdgeType = Edge<UseData, 'use'>;
const NODE_TYPES = { domain: DomainNode };
const EDGE_TYPES = { use: UseEdge };

interface MapPictureProps {
  map: DomainMap;
  chosen: { from: string; to: string } | null;
}

/** The domains as boxes, who uses whose products as lines. */
export default function MapPicture({ map, chosen }: MapPictureProps) {
  const shape = useMemo(() => shapeOf(map), [map]);
  const layout = useLayered(shape);
  if (!layout) return <MapWaiting />;
  return (
    <div
      data-picture="drawn"
      className="relative h-[60vh] min-h-80 overflow-hidden rounded-md border bg-canvas"
    >
      <ReactFlowProvider>
        <Canvas
          nodes={nodesOf(shape.boxes, layout)}
          edges={edgesOf(map, chosen)}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          layout={layout}
          least={0.5}
          aria-label="Map of the domains"
        />
      </ReactFlowProvider>
    </div>
  );
}

function nodesOf(boxes: readonly MapBox[], { places }: Layout): DomainNodeType[] {
  const looks = new Map(domainLooks(boxes).map((look) => [look.name, look]));
  return boxes.map((box) => ({
    ...{ id: box.id, type: 'domain', position: places.get(box.id)! },
    ...{ width: box.width, height: box.height },
    measured: { width: box.width, height: box.height },
    data: { box, look: looks.get(box.id)! },
  }));
}

function edgesOf({ domains, edges }: DomainMap, chosen: MapPictureProps['chosen']): UseEdgeType[] {
  const titles = new Map(domains.map(({ name, title }) => [name, title]));
  return edges.map((edge, at) => {
    const isChosen = chosen?.from === edge.from && chosen.to === edge.to;
    return {
      ...{ id: `${edge.from} ${edge.to}`, type: 'use', source: edge.from, target: edge.to },
      markerEnd: {
        type: MarkerType.ArrowClosed,
        color: isChosen ? 'var(--accent)' : 'var(--line-strong)',
        // Of one size, however wide the line is.
        markerUnits: 'userSpaceOnUse',
        ...{ width: 16, height: 16 },
      },
      data: {
        ...{ edge, isChosen, hasWords: at < MOST_WORDS || isChosen },
        words: `${titles.get(edge.to)} uses ${titles.get(edge.from)}: ${usedText(edge)}`,
      },
    };
  });
}

function DomainNode({ data: { box, look } }: NodeProps<DomainNodeType>) {
  const { id, title, products, width, height } = box;
  return (
    <div style={{ width, height }} className="pointer-events-auto">
      <Handle type="target" position={Position.Left} className="invisible" />
      <Link
        href={`/domains/${id}`}
        title={`${title}: ${products} ${products === 1 ? 'product' : 'products'}`}
        style={{ borderLeft: `8px ${look.stripe} var(--chart-${look.colour})` }}
        className="flex size-full flex-col justify-center rounded-lg border bg-surface px-3 hover:bg-hover"
      >
        <span className="line-clamp-2 font-semibold break-words">{title}</span>
        <span className="tabular text-sm text-muted">
          {products.toLocaleString('en')} {products === 1 ? 'product' : 'products'}
        </span>
      </Link>
      <Handle type="source" position={Position.Right} className="invisible" />
    </div>
  );
}

function UseEdge({ data, markerEnd, ...ends }: EdgeProps<UseEdgeType>) {
  const [path, x, y] = getBezierPath(ends);
  if (!data) return null;
  const { edge, words, hasWords, isChosen } = data;
  return (
    <>
      <BaseEdge
        path={path}
        {...(markerEnd && { markerEnd })}
        style={{
          stroke: isChosen ? 'var(--accent)' : 'var(--line-strong)',
          strokeWidth: strokeOf(edge),
        }}
      />
      {hasWords && (
        <EdgeLabelRenderer>
          <Link
            href={usesHref(edge)}
            title={words}
            aria-label={words}
            aria-current={isChosen ? 'true' : undefined}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
            className={cn(
              'nopan pointer-events-auto absolute inline-flex min-h-6 items-center rounded-md border bg-raised px-1.5 text-xs whitespace-nowrap hover:bg-hover',
              isChosen ? 'border-accent font-medium text-ink' : 'text-muted',
            )}
          >
            {shortText(edge)}
          </Link>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
