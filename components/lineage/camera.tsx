'use client';

import { Panel, useReactFlow } from '@xyflow/react';
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import type { Layout } from './pack';

/** Shows all of a new picture, and has buttons for what the wheel and two fingers do. */
export function Camera({ layout }: { layout: Layout }) {
  const { fitBounds, zoomIn, zoomOut } = useReactFlow();
  const fit = useCallback(() => {
    const { width, height } = layout;
    void fitBounds({ x: 0, y: 0, width, height }, { padding: 0.06 });
  }, [layout, fitBounds]);
  useEffect(fit, [fit]);
  return (
    <Panel position="bottom-right" className="flex gap-0.5 rounded-md border bg-raised p-0.5">
      <IconButton label="Zoom in" icon={<ZoomIn />} onClick={() => void zoomIn()} />
      <IconButton label="Zoom out" icon={<ZoomOut />} onClick={() => void zoomOut()} />
      <IconButton label="Show all" icon={<Maximize />} onClick={fit} />
    </Panel>
  );
}
