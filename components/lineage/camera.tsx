'use client';

import { getViewportForBounds, Panel, useReactFlow, useStore } from '@xyflow/react';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { Layout } from './pack';

/** So far out that a mesh of thousands fits. */
export const ZOOM = { min: 0.02, max: 1.5 };

/** Shows all of a new picture, and has buttons for what the wheel and two fingers do. */
export function Camera({ layout }: { layout: Layout }) {
  const { setViewport, zoomIn, zoomOut } = useReactFlow();
  const [wide, high] = [useStore(({ width }) => width), useStore(({ height }) => height)];
  const fit = useCallback(() => {
    if (wide === 0) return;
    const { width, height } = layout;
    const bounds = { x: 0, y: 0, width, height };
    void setViewport(getViewportForBounds(bounds, wide, high, ZOOM.min, 1, 0.06));
  }, [layout, wide, high, setViewport]);
  useEffect(fit, [fit]);
  return (
    <Panel position="bottom-right" className="flex gap-0.5 rounded-md border bg-raised p-0.5">
      <IconButton label="Zoom in" icon={<ZoomIn />} onClick={() => void zoomIn()} />
      <IconButton label="Zoom out" icon={<ZoomOut />} onClick={() => void zoomOut()} />
      <IconButton label="Show all" icon={<Maximize />} onClick={fit} />
    </Panel>
  );
}
