'use client';

import dynamic from 'next/dynamic';
import type { ComponentProps } from 'react';
import { MapWaiting } from './map-waiting';

/** Drawn in the browser alone, and loaded where it is shown. */
const Picture = dynamic(() => import('./map-picture'), {
  ssr: false,
  loading: MapWaiting,
});

export function MapFrame(props: ComponentProps<typeof Picture>) {
  return <Picture {...props} />;
}
