import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import type { LineageNode } from '@/lib/lineage';
import { BOX, layout } from './layout';

/** Boxes are links over the lines; the table below says the same in words. */
export function LineagePicture({ nodes }: { nodes: readonly LineageNode[] }) {
  const picture = layout(nodes);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling region needs a name and the keyboard
    <div
      role="region"
      aria-label="Picture of the lineage"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboard users scroll it with the arrows
      tabIndex={0}
      className="max-h-[60vh] overflow-auto p-1 -outline-offset-2"
    >
      <div className="relative" style={{ width: picture.width, height: picture.height }}>
        <svg
          aria-hidden
          className="absolute inset-0 overflow-visible text-line-strong"
          width={picture.width}
          height={picture.height}
          fill="none"
          stroke="currentColor"
          strokeWidth={1.5}
        >
          {picture.edges.map((path) => (
            <path key={path} d={path} />
          ))}
        </svg>
        {picture.nodes.map(({ id, address, title, level, x, y }) => (
          <Link
            key={id}
            href={`/products/${address}/lineage`}
            title={address}
            aria-current={level === 0 ? 'true' : undefined}
            className={cn(
              'absolute flex flex-col justify-center rounded-md border bg-surface px-3 hover:bg-hover',
              level === 0 && 'border-accent',
            )}
            style={{ left: x, top: y, width: BOX.width, height: BOX.height }}
          >
            <span className="truncate text-sm font-medium">{title}</span>
            <span className="truncate font-mono text-xs text-subtle">{address}</span>
          </Link>
        ))}
      </div>
    </div>
  );
}
