'use client';

import { type Edge, MarkerType, ReactFlowProvider, type Viewport } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Backdrop } from './backdrop';
import { BoxNode, type BoxNodeType } from './box-node';
import { Canvas } from './canvas';
import { useHighlight } from './highlight';
import type { DomainLook, Graph, Line } from './model';
import { BOX, type Layout } from './pack';
import { FAR, sceneOf } from './paint';
import { MOST_LAYERED } from './use-layout';

interface FlowProps {
  graph: Graph;
  layout: Layout;
  looks: ReadonlyMap<string, DomainLook>;
  opened: readonly string[];
  toggle: ((address: string) => void) | null;
}
const NODE_TYPES = { box: BoxNode };
/** Boxes become elements in steps of this many units, so that most frames change none. */
const STEP = 256;

export function Flow(props: FlowProps) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}

function Picture({ graph, layout, looks, opened, toggle }: FlowProps) {
  const isLarge = graph.boxes.length > MOST_LAYERED;
  const nodes = useMemo(
    () => nodesOf({ graph, layout, looks, opened, toggle }, isLarge),
    [graph, layout, looks, opened, toggle, isLarge],
  );
  const [seen, setSeen] = useState('');
  const [isDrawn, setDrawn] = useState(false);
  const drawn = useCallback(() => setDrawn(true), []);
  useEffect(() => {
    if (!isLarge) setDrawn(true);
  }, [isLarge]);
  const shown = useMemo(() => (isLarge ? inSight(nodes, seen) : nodes), [isLarge, nodes, seen]);
  const edges = useEdges(graph.lines, isLarge);
  const scene = useMemo(
    () => (isLarge ? sceneOf(graph, layout, looks) : null),
    [isLarge, graph, layout, looks],
  );
  const look = useCallback(
    (_: unknown, { x, y, zoom }: Viewport) => isLarge && setSeen(sightOf(x, y, zoom)),
    [isLarge],
  );
  return (
    <div
      data-picture={isDrawn ? 'drawn' : 'waiting'}
      className="relative h-[60vh] min-h-80 overflow-hidden rounded-md border bg-canvas"
    >
      {scene && <Backdrop scene={scene} onDrawn={drawn} />}
      <Canvas
        nodes={shown}
        edges={edges}
        nodeTypes={NODE_TYPES}
        onMove={look}
        onlyRenderVisibleElements
        aria-label="Picture of the lineage"
        layout={layout}
      />
    </div>
  );
}

function nodesOf(
  { graph, layout, looks, opened, toggle }: FlowProps,
  isLarge: boolean,
): BoxNodeType[] {
  const shown = new Map<string, number>();
  const outside = new Set(graph.boxes.flatMap((box) => (box.outside ? [box.id] : [])));
  for (const { from, to } of graph.lines) {
    if (outside.has(from) || outside.has(to)) continue;
    shown.set(from, (shown.get(from) ?? 0) + 1);
    shown.set(to, (shown.get(to) ?? 0) + 1);
  }
  return graph.boxes.map((box) => ({
    ...{ id: box.id, type: 'box' as const, position: layout.places.get(box.id)! },
    ...{ ...BOX, measured: BOX },
    data: {
      ...{ box, toggle, look: looks.get(box.domain)!, hasHandles: !isLarge },
      hidden: Math.max(0, box.sources + box.readers - (shown.get(box.id) ?? 0)),
      isOpened: opened.includes(box.address),
    },
  }));
}

/** The window in units of the picture, in steps; empty where boxes are painted. */
function sightOf(x: number, y: number, zoom: number): string {
  if (zoom < FAR) return '';
  const step = (value: number) => Math.floor(value / STEP);
  const [left, top] = [-x / zoom, -y / zoom];
  return [left, top, left + innerWidth / zoom, top + innerHeight / zoom].map(step).join(' ');
}

function inSight(nodes: readonly BoxNodeType[], seen: string): BoxNodeType[] {
  if (seen === '') return [];
  const [left = 0, top = 0, right = 0, bottom = 0] = seen.split(' ').map(Number);
  const [west, north] = [left * STEP - BOX.width, top * STEP - BOX.height];
  const [east, south] = [(right + 1) * STEP, (bottom + 1) * STEP];
  return nodes.filter(
    ({ position: { x, y } }) => x >= west && x <= east && y >= north && y <= south,
  );
}

function useEdges(lines: readonly Line[], isLarge: boolean): Edge[] {
  const { path } = useHighlight();
  return useMemo(
    () =>
      isLarge
        ? []
        : lines.map(({ from, to, isCondition, label }) => {
            const isOn = path?.has(from) && path.has(to);
            const stroke = isOn ? 'var(--accent)' : 'var(--line-strong)';
            return {
              ...{ id: `${from} ${to} ${isCondition}`, source: from, target: to },
              ...(label && { label, labelStyle: { fill: 'var(--muted)', fontSize: 11 } }),
              labelBgStyle: { fill: 'var(--canvas)' },
              style: {
                ...{ stroke, strokeWidth: isOn ? 2.5 : 1.25 },
                ...(isCondition && { strokeDasharray: '5 4' }),
                ...(path && !isOn && { opacity: 0.35 }),
              },
              markerEnd: { type: MarkerType.ArrowClosed, color: stroke },
            };
          }),
    [lines, isLarge, path],
  );
}
