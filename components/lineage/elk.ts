import ELK, { type ElkNode } from 'elkjs/lib/elk-api';
import { BOX, type Layout } from './pack';

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '20',
  'elk.layered.spacing.nodeNodeBetweenLayers': '96',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.separateConnectedComponents': 'true',
};

/** What is laid out: boxes, each of the usual size unless it has its own, and lines between them. */
export interface Shape {
  boxes: readonly { id: string; width?: number; height?: number }[];
  lines: readonly { from: string; to: string }[];
}

let engine: InstanceType<typeof ELK> | undefined;

/** One worker a page: the page stays at hand while ELK thinks. */
function elk() {
  engine ??= new ELK({
    workerFactory: () => new Worker(new URL('./elk.worker.ts', import.meta.url)),
  });
  return engine;
}

/** A layered layout, left to right, with few crossings: for graphs of some hundred boxes. */
export async function layered({ boxes, lines }: Shape): Promise<Layout> {
  const graph: ElkNode = {
    ...{ id: 'root', layoutOptions: OPTIONS },
    children: boxes.map(({ id, width = BOX.width, height = BOX.height }) => ({
      id,
      width,
      height,
    })),
    edges: lines.map(({ from, to }, at) => ({ id: `e${at}`, sources: [from], targets: [to] })),
  };
  const { children = [], width = 0, height = 0 } = await elk().layout(graph);
  const places = new Map(children.map(({ id, x = 0, y = 0 }) => [id, { x, y }]));
  return { places, blocks: [], width, height };
}
