'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { layered, type Shape } from './elk';
import type { Graph } from './model';
import { type Layout, packed } from './pack';

/** More boxes than these are packed by domain: ELK would take longer than people wait. */
export const MOST_LAYERED = 300;

/** Where the boxes stand; undefined while that is worked out. */
export function useLayout(graph: Graph | undefined): Layout | undefined {
  const isLarge = (graph?.boxes.length ?? 0) > MOST_LAYERED;
  const small = useLayered(isLarge ? undefined : graph);
  const large = useMemo(() => (graph && isLarge ? packed(graph) : undefined), [graph, isLarge]);
  return isLarge ? large : small;
}

/** The layered layout of some hundred boxes. */
export function useLayered(shape: Shape | undefined): Layout | undefined {
  const key = useMemo(() => (shape ? keyOf(shape) : ''), [shape]);
  const { data } = useQuery({
    queryKey: ['lineage-layout', key],
    queryFn: () => layered(shape!),
    enabled: key !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  // What was placed for another graph would leave boxes without a place.
  return shape && data && shape.boxes.every(({ id }) => data.places.has(id)) ? data : undefined;
}

const keyOf = ({ boxes, lines }: Shape) =>
  JSON.stringify([
    boxes.map(({ id, width, height }) => [id, width, height]),
    lines.map(({ from, to }) => [from, to]),
  ]);
