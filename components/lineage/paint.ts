import type { DomainLook, Graph } from './model';
import { BOX, type Layout } from './pack';
import type { Palette } from './palette';

/** Below this zoom boxes are too small to be read, and are painted instead of being elements. */
export const FAR = 0.35;
const MOST_PIXELS = 4096;
/** About as wide as a window: what is shown first and most is copied without being shrunk every frame. */
const WINDOW_PIXELS = 1280;

export interface View {
  x: number;
  y: number;
  zoom: number;
  width: number;
  height: number;
}
export interface Scene {
  layout: Layout;
  /** Four numbers a line: where it begins and ends. */
  ends: Float32Array;
  ids: [from: string, to: string][];
  boxes: { id: string; x: number; y: number; colour: number }[];
}

export function sceneOf(
  { boxes, lines }: Graph,
  layout: Layout,
  looks: ReadonlyMap<string, DomainLook>,
): Scene {
  const ends = new Float32Array(lines.length * 4);
  for (const [at, { from, to }] of lines.entries()) {
    const [a, b] = [layout.places.get(from)!, layout.places.get(to)!];
    ends.set([a.x + BOX.width, a.y + BOX.height / 2, b.x, b.y + BOX.height / 2], at * 4);
  }
  return {
    ...{ layout, ends, ids: lines.map(({ from, to }) => [from, to]) },
    boxes: boxes.map(({ id, domain }) => ({
      ...{ id, colour: looks.get(domain)!.colour - 1 },
      ...layout.places.get(id)!,
    })),
  };
}

export interface Small {
  image: HTMLCanvasElement;
  scale: number;
}

/** The whole picture once, in two sizes, the smaller first: moving it is then one copy a frame. */
export function paintFar(scene: Scene, palette: Palette): Small[] {
  const large = paintWhole(scene, palette);
  const { width, height } = scene.layout;
  const scale = Math.min(large.scale, WINDOW_PIXELS / Math.max(width, height));
  const image = document.createElement('canvas');
  image.width = Math.ceil(width * scale);
  image.height = Math.ceil(height * scale);
  image.getContext('2d')!.drawImage(large.image, 0, 0, image.width, image.height);
  return [{ image, scale }, large];
}

function paintWhole(scene: Scene, palette: Palette): Small {
  const { layout, boxes } = scene;
  const scale = Math.min(FAR, MOST_PIXELS / layout.width, MOST_PIXELS / layout.height);
  const image = document.createElement('canvas');
  image.width = Math.ceil(layout.width * scale);
  image.height = Math.ceil(layout.height * scale);
  const context = image.getContext('2d')!;
  context.scale(scale, scale);
  paintBlocks(context, layout, palette, 1 / scale);
  context.globalAlpha = 0.25;
  strokeLines(context, scene, palette.edge, 1 / scale, () => true);
  context.globalAlpha = 1;
  for (const [colour, fill] of palette.domains.entries()) {
    context.fillStyle = fill;
    for (const box of boxes) {
      if (box.colour === colour) context.fillRect(box.x, box.y, BOX.width, BOX.height);
    }
  }
  return { image, scale };
}

/** One frame: near, the lines that end in sight; far, the small picture. A path is painted over either. */
export function paintFrame(
  context: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  now: {
    view: View;
    far: readonly Small[];
    path: ReadonlySet<string> | null;
  },
): void {
  const { view, far, path } = now;
  const ratio = context.canvas.width / Math.max(1, view.width);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.setTransform(ratio * view.zoom, 0, 0, ratio * view.zoom, ratio * view.x, ratio * view.y);
  if (view.zoom < FAR) {
    const { image, scale } = far.find((one) => one.scale >= view.zoom) ?? far.at(-1)!;
    context.globalAlpha = path ? 0.35 : 1;
    context.drawImage(image, 0, 0, image.width / scale, image.height / scale);
    context.globalAlpha = 1;
    if (path) paintPath(context, scene, palette, { path, view });
    return;
  }
  paintBlocks(context, scene.layout, palette, 1 / view.zoom);
  const inSight = sightOf(view);
  strokeLines(context, scene, palette.edge, 1, inSight);
  if (path) paintPath(context, scene, palette, { path, view });
}

function paintPath(
  context: CanvasRenderingContext2D,
  scene: Scene,
  palette: Palette,
  { path, view }: { path: ReadonlySet<string>; view: View },
): void {
  strokeLines(context, scene, palette.accent, 2 / Math.min(1, view.zoom), (at) => {
    const [from, to] = scene.ids[at]!;
    return path.has(from) && path.has(to);
  });
  if (view.zoom >= FAR) return;
  for (const box of scene.boxes) {
    if (!path.has(box.id)) continue;
    context.fillStyle = palette.domains[box.colour]!;
    context.fillRect(box.x, box.y, BOX.width, BOX.height);
  }
}

function paintBlocks(
  context: CanvasRenderingContext2D,
  { blocks }: Layout,
  palette: Palette,
  pixel: number,
): void {
  context.lineWidth = pixel;
  for (const { title, x, y, width, height } of blocks) {
    context.fillStyle = palette.block;
    context.fillRect(x, y, width, height);
    context.strokeStyle = palette.line;
    context.strokeRect(x, y, width, height);
    // As large as its head allows: from afar the names are the map.
    const size = Math.min(Math.max(20, 13 * pixel), width / Math.max(6, title.length * 0.6));
    context.font = `600 ${size}px system-ui, sans-serif`;
    context.fillStyle = palette.ink;
    context.fillText(title, x + 16, y + Math.min(30, size + 4));
  }
}

/** Whether one end of a line is in the window. */
function sightOf({ x, y, zoom, width, height }: View) {
  const [left, top] = [-x / zoom, -y / zoom];
  const [right, bottom] = [left + width / zoom, top + height / zoom];
  const inside = (px: number, py: number) => px >= left && px <= right && py >= top && py <= bottom;
  return (at: number, ends: Float32Array) =>
    inside(ends[at * 4]!, ends[at * 4 + 1]!) || inside(ends[at * 4 + 2]!, ends[at * 4 + 3]!);
}

function strokeLines(
  context: CanvasRenderingContext2D,
  { ends, ids }: Scene,
  colour: string,
  width: number,
  isShown: (at: number, ends: Float32Array) => boolean,
): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.beginPath();
  for (let at = 0; at < ids.length; at += 1) {
    if (!isShown(at, ends)) continue;
    context.moveTo(ends[at * 4]!, ends[at * 4 + 1]!);
    context.lineTo(ends[at * 4 + 2]!, ends[at * 4 + 3]!);
  }
  context.stroke();
}
