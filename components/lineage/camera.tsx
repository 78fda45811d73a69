'use client';

import { getViewportForBounds, Panel, useReactFlow, useStore } from '@xyflow/react';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { Layout } from './pack';

/** So far out that a mesh of thousands fits. */
export const ZOOM = { min: 0.02, max: 1.5 };

/** At which the buttons of a box are still as large as a finger needs. */
const TOUCHABLE = 0.75;

interface CameraProps {
  layout: Layout;
  /** How far out boxes of this picture can still be used. */
  least?: number | undefined;
}

/** Shows all of a new picture, as far as boxes stay usable, and has buttons for what the wheel and two fingers do. */
export function Camera({ layout, least = TOUCHABLE }: CameraProps) {
  const { setViewport, zoomIn, zoomOut } = useReactFlow();
  const [wide, high] = [useStore(({ width }) => width), useStore(({ height }) => height)];
  const showAll = useCallback(
    (furthest: number) => {
      if (wide === 0) return;
      const { width, height } = layout;
      const bounds = { x: 0, y: 0, width, height };
      void setViewport(getViewportForBounds(bounds, wide, high, furthest, 1, 0.06));
    },
    [layout, wide, high, setViewport],
  );
  // Domains kept together are a map to zoom into; a few boxes are there to be used.
  useEffect(() => showAll(layout.blocks.length > 0 ? ZOOM.min : least), [showAll, layout, least]);
  return (
    <Panel position="bottom-right" className="flex gap-0.5 rounded-md border bg-raised p-0.5">
      <IconButton label="Zoom in" icon={<ZoomIn />} onClick={() => void zoomIn()} />
      <IconButton label="Zoom out" icon={<ZoomOut />} onClick={() => void zoomOut()} />
      <IconButton label="Show all" icon={<Maximize />} onClick={() => showAll(ZOOM.min)} />
    </Panel>
  );
}
