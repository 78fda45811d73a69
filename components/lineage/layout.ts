import type { LineageNode } from '@/lib/lineage';

export const BOX = { width: 200, height: 44, gapX: 64, gapY: 14 };

export interface PlacedNode extends LineageNode {
  x: number;
  y: number;
}
interface Picture {
  width: number;
  height: number;
  nodes: PlacedNode[];
  /** SVG paths from what is read to what reads it. */
  edges: string[];
}

/**
 * A column a step, sources to the left; columns stand in the middle of the tallest. A box's place in its column is the
 * mean of its neighbours nearer to the product, which keeps most lines from crossing. Pure.
 */
export function layout(nodes: readonly LineageNode[]): Picture {
  const levels = [...new Set(nodes.map(({ level }) => level))].sort((a, b) => a - b);
  const columns = new Map(
    [...levels].map((level) => [level, nodes.filter((node) => node.level === level)]),
  );
  const tallest = Math.max(1, ...[...columns.values()].map((column) => column.length));
  const rowHeight = BOX.height + BOX.gapY;
  const order = new Map<string, number>();
  const placed = new Map<string, PlacedNode>();
  for (const level of [...levels].sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const column = columns.get(level) ?? [];
    const wish = new Map(column.map((node) => [node.id, meanOf(node, nodes, order)]));
    column.sort((a, b) => wish.get(a.id)! - wish.get(b.id)!);
    for (const [row, node] of column.entries()) {
      order.set(node.id, row - column.length / 2);
      const x = levels.indexOf(level) * (BOX.width + BOX.gapX);
      const y = ((tallest - column.length) / 2 + row) * rowHeight;
      placed.set(node.id, { ...node, x, y });
    }
  }
  return {
    width: levels.length * (BOX.width + BOX.gapX) - BOX.gapX,
    height: tallest * rowHeight - BOX.gapY,
    nodes: [...placed.values()],
    edges: [...placed.values()].flatMap((reader) =>
      reader.reads.flatMap((id) => {
        const source = placed.get(id);
        return source ? [curve(source, reader)] : [];
      }),
    ),
  };
}

function meanOf(
  node: LineageNode,
  nodes: readonly LineageNode[],
  order: ReadonlyMap<string, number>,
): number {
  const around = nodes.filter((other) => other.reads.includes(node.id)).map(({ id }) => id);
  const places = [...node.reads, ...around].flatMap((id) => order.get(id) ?? []);
  return places.length === 0 ? 0 : places.reduce((sum, place) => sum + place, 0) / places.length;
}

function curve(source: PlacedNode, reader: PlacedNode): string {
  const [x1, y1] = [source.x + BOX.width, source.y + BOX.height / 2];
  const [x2, y2] = [reader.x, reader.y + BOX.height / 2];
  const bend = Math.max(24, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
