'use client';

import '@xyflow/react/dist/base.css';
import { type Edge, type Node, ReactFlow, type ReactFlowProps } from '@xyflow/react';
import { Camera, ZOOM } from './camera';
import type { Layout } from './pack';

interface CanvasProps<N extends Node, E extends Edge> extends ReactFlowProps<N, E> {
  layout: Layout;
  /** How far out its boxes can still be used; boxes larger than those of lineage can from further away. */
  least?: number;
}

/** Boxes and lines to move and zoom, not to edit; what can be chosen are the buttons and links in them. */
export function Canvas<N extends Node, E extends Edge>({
  layout,
  least,
  ...rest
}: CanvasProps<N, E>) {
  return (
    <ReactFlow
      minZoom={ZOOM.min}
      maxZoom={ZOOM.max}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      zoomOnDoubleClick={false}
      deleteKeyCode={null}
      proOptions={{ hideAttribution: true }}
      {...rest}
    >
      <Camera layout={layout} least={least} />
    </ReactFlow>
  );
}
