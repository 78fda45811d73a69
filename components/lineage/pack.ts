import type { Graph, Line } from './model';

export const BOX = { width: 216, height: 56 };
const GAP = { x: 56, y: 16 };
const BLOCK = { gap: 96, head: 44 };

export interface Place {
  x: number;
  y: number;
}
export interface Block {
  domain: string;
  title: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Layout {
  places: Map<string, Place>;
  /** Empty where domains are not kept together. */
  blocks: Block[];
  width: number;
  height: number;
}

/**
 * Places for graphs that a layered layout would take minutes for: a block a domain, in it what is read left of what
 * reads it, as square as it gets; blocks in rows. Linear in boxes and lines. Pure.
 */
export function packed({ boxes, lines }: Graph): Layout {
  const byDomain = Map.groupBy(boxes, ({ domain }) => domain);
  const domainOf = new Map(boxes.map(({ id, domain }) => [id, domain]));
  const inside = Map.groupBy(
    lines.filter(({ from, to }) => domainOf.get(from) === domainOf.get(to)),
    ({ from }) => domainOf.get(from)!,
  );
  const drawn = [...byDomain].map(([domain, members]) => {
    const ids = members.map(({ id }) => id);
    return { domain, title: members[0]!.domainTitle, ...block(ids, inside.get(domain) ?? []) };
  });
  drawn.sort((a, b) => b.height - a.height || (a.domain < b.domain ? -1 : 1));
  const area = drawn.reduce((sum, one) => sum + one.width * one.height, 0);
  const most = Math.max(...drawn.map(({ width }) => width), Math.sqrt(area) * 1.4);
  const layout: Layout = { places: new Map(), blocks: [], width: 0, height: 0 };
  let [x, y, rowHeight] = [0, 0, 0];
  for (const { places, ...one } of drawn) {
    if (x > 0 && x + one.width > most) {
      y += rowHeight + BLOCK.gap;
      [x, rowHeight] = [0, 0];
    }
    layout.blocks.push({ ...one, x, y });
    for (const [id, place] of places) layout.places.set(id, { x: x + place.x, y: y + place.y });
    x += one.width + BLOCK.gap;
    rowHeight = Math.max(rowHeight, one.height);
    layout.width = Math.max(layout.width, x - BLOCK.gap);
    layout.height = y + rowHeight;
  }
  return layout;
}

/** Columns by steps, the tall ones broken, each box near what it reads. */
function block(ids: readonly string[], lines: readonly Line[]) {
  const levels = levelsOf(ids, lines);
  const sources = Map.groupBy(lines, ({ to }) => to);
  const cell = { width: BOX.width + GAP.x, height: BOX.height + GAP.y };
  const rows = Math.max(1, Math.ceil(Math.sqrt((ids.length * cell.width) / cell.height)));
  const places = new Map<string, Place>();
  const columns = Map.groupBy(ids, (id) => levels.get(id) ?? 0);
  let column = 0;
  for (const level of [...columns.keys()].sort((a, b) => a - b)) {
    const members = columns.get(level)!;
    const wish = new Map(
      members.map((id) => {
        const from = (sources.get(id) ?? []).flatMap((line) => places.get(line.from)?.y ?? []);
        return [id, from.length > 0 ? from.reduce((sum, y) => sum + y, 0) / from.length : 0];
      }),
    );
    members.sort((a, b) => wish.get(a)! - wish.get(b)!);
    for (const [at, id] of members.entries()) {
      const shift = column + Math.floor(at / rows);
      places.set(id, { x: 24 + shift * cell.width, y: BLOCK.head + (at % rows) * cell.height });
    }
    column += Math.ceil(members.length / rows);
  }
  const height = BLOCK.head + Math.min(rows, ids.length) * cell.height + 8;
  return { places, width: column * cell.width - GAP.x + 48, height };
}

/** The longest way from a box that reads nothing; what stands in a ring keeps the step it was reached at. */
function levelsOf(ids: readonly string[], lines: readonly Line[]): Map<string, number> {
  const readers = Map.groupBy(lines, ({ from }) => from);
  const waits = new Map(ids.map((id) => [id, 0]));
  for (const { to } of lines) waits.set(to, waits.get(to)! + 1);
  const levels = new Map(ids.map((id) => [id, 0]));
  const ready = ids.filter((id) => waits.get(id) === 0);
  for (let at = 0; at < ready.length; at += 1) {
    const id = ready[at]!;
    for (const { to } of readers.get(id) ?? []) {
      levels.set(to, Math.max(levels.get(to)!, levels.get(id)! + 1));
      waits.set(to, waits.get(to)! - 1);
      if (waits.get(to) === 0) ready.push(to);
    }
  }
  return levels;
}
