'use client';

import { useStoreApi } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { useHighlight } from './highlight';
import { paintFar, paintFrame, type Scene } from './paint';
import { usePalette } from './palette';

/** Lines and far boxes of a large graph, painted behind the elements; its list says the same in words. */
export function Backdrop({ scene, onDrawn }: { scene: Scene; onDrawn: () => void }) {
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const palette = usePalette(canvas?.parentElement ?? null);
  const store = useStoreApi();
  const { path } = useHighlight();
  const far = useMemo(() => palette && paintFar(scene, palette), [scene, palette]);
  useEffect(() => {
    const context = canvas?.getContext('2d');
    if (!canvas || !context || !palette || !far) return;
    const draw = () => {
      const { transform, width, height } = store.getState();
      const ratio = Math.min(2, devicePixelRatio);
      const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
      if (canvas.width !== wide || canvas.height !== high) {
        canvas.width = wide;
        canvas.height = high;
      }
      const [x, y, zoom] = transform;
      paintFrame(context, scene, palette, { view: { x, y, zoom, width, height }, far, path });
    };
    draw();
    onDrawn();
    return store.subscribe((now, before) => {
      const isSame =
        now.transform === before.transform &&
        now.width === before.width &&
        now.height === before.height;
      if (!isSame) draw();
    });
  }, [canvas, scene, palette, far, path, store, onDrawn]);
  return (
    <canvas
      ref={setCanvas}
      aria-hidden
      className="pointer-events-none absolute inset-0 size-full"
    />
  );
}
