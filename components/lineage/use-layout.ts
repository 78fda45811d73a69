'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { layered } from './elk';
import type { Graph } from './model';
import { type Layout, packed } from './pack';

/** More boxes than these are packed by domain: ELK would take longer than people wait. */
export const MOST_LAYERED = 300;

/** Where the boxes stand; undefined while that is worked out. */
export function useLayout(graph: Graph | undefined): Layout | undefined {
  const isLarge = (graph?.boxes.length ?? 0) > MOST_LAYERED;
  const key = useMemo(() => (graph && !isLarge ? keyOf(graph) : ''), [graph, isLarge]);
  const { data } = useQuery({
    queryKey: ['lineage-layout', key],
    queryFn: () => layered(graph!),
    enabled: key !== '',
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const large = useMemo(() => (graph && isLarge ? packed(graph) : undefined), [graph, isLarge]);
  if (isLarge) return large;
  // What was placed for another graph would leave boxes without a place.
  return graph && data && graph.boxes.every(({ id }) => data.places.has(id)) ? data : undefined;
}

const keyOf = ({ boxes, lines }: Graph) =>
  JSON.stringify([boxes.map(({ id }) => id), lines.map(({ from, to }) => [from, to])]);
