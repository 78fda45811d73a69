'use client';

import { Handle, type Node, type NodeProps, Position } from '@xyflow/react';
import { Minus, Plus } from 'lucide-react';
import { memo } from 'react';
import { cn } from '@/components/ui/cn';
import { useHighlight } from './highlight';
import type { Box, DomainLook } from './model';
import { BOX } from './pack';

export interface BoxData extends Record<string, unknown> {
  box: Box;
  look: DomainLook;
  /** Products beside it that are not shown. */
  hidden: number;
  isOpened: boolean;
  hasHandles: boolean;
  toggle: ((address: string) => void) | null;
}
export type BoxNodeType = Node<BoxData, 'box'>;

/** A product or a column: its domain's stripe and words, and what is not shown yet behind a plus. */
export const BoxNode = memo(function BoxNode({ data }: NodeProps<BoxNodeType>) {
  const { box, look, hidden, isOpened, hasHandles, toggle } = data;
  const { path, chosen, choose, point } = useHighlight();
  const isOff = path !== null && !path.has(box.id);
  const words = [box.title, box.address, box.status, box.outside].filter(Boolean).join(', ');
  return (
    <div
      style={BOX}
      className={cn(
        // React Flow takes the pointer away from boxes that it neither drags nor selects itself.
        'pointer-events-auto flex items-stretch rounded-md border bg-surface',
        box.isFocus && 'border-accent',
        box.outside && 'bg-sunken',
        chosen === box.id && 'outline-2 outline-ring',
        isOff && 'border-dashed border-line text-subtle',
      )}
    >
      {hasHandles && <Handle type="target" position={Position.Left} className="invisible" />}
      <button
        type="button"
        data-box={box.id}
        aria-pressed={chosen === box.id}
        title={words}
        onClick={() => choose(box.id)}
        onFocus={() => point(box.id)}
        onBlur={() => point(null)}
        onPointerEnter={() => point(box.id)}
        onPointerLeave={() => point(null)}
        className="flex min-w-0 flex-1 cursor-pointer flex-col justify-center rounded-md px-2.5 text-left hover:bg-hover"
        style={{ borderLeft: `5px ${look.stripe} var(--chart-${look.colour})` }}
      >
        <span className={cn('truncate text-sm font-medium', box.isFocus && 'font-semibold')}>
          {box.title}
        </span>
        <span className={cn('truncate text-xs text-subtle', !box.outside && 'font-mono')}>
          {box.outside ?? box.address}
        </span>
      </button>
      {toggle && (hidden > 0 || isOpened) && (
        <button
          type="button"
          aria-label={
            isOpened
              ? `Close what stands beside ${box.title}`
              : `Show ${hidden} more beside ${box.title}`
          }
          onClick={() => toggle(box.address)}
          className="nopan flex min-w-8 shrink-0 cursor-pointer items-center justify-center rounded-md text-xs text-muted hover:bg-hover [&_svg]:size-3.5"
        >
          {isOpened ? <Minus aria-hidden /> : <Plus aria-hidden />}
          {!isOpened && <span className="tabular">{hidden}</span>}
        </button>
      )}
      {hasHandles && <Handle type="source" position={Position.Right} className="invisible" />}
    </div>
  );
});
