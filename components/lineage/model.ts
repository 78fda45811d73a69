import type {
  ColumnLineage,
  ColumnPlace,
  LineageNode,
  MeshLineage,
  ProductLineage,
} from '@/lib/lineage';
import { boxOfJob, outsideBox } from './outside';

/** A box of the picture: a product, or one column of one. */
export interface Box {
  id: string;
  title: string;
  /** `domain/name` of the product. */
  address: string;
  domain: string;
  domainTitle: string;
  /** Empty for a column. */
  status: string;
  isFocus: boolean;
  /** Products that it reads, and that read it, shown or not; unknown in the picture of the whole mesh. */
  sources: number;
  readers: number;
  /** Of what is no product of the portal: what it is instead, and how it stands. */
  outside?: string;
}
export interface Line {
  from: string;
  to: string;
  /** A condition: it decides over values and moves none. */
  isCondition: boolean;
  label: string;
}
export interface Graph {
  boxes: Box[];
  lines: Line[];
}

/** The answers for a product and for those opened by hand, as one graph. */
export function graphOf(answers: readonly ProductLineage[]): Graph {
  const nodes = new Map<string, LineageNode>();
  const pairs = new Map<string, Line>();
  const outside = new Map<string, Box>();
  const put = (from: string, to: string) =>
    pairs.set(`${from} ${to}`, { from, to, isCondition: false, label: '' });
  const [first] = answers;
  for (const { nodes: own, external } of answers) {
    for (const node of own) {
      if (!nodes.has(node.id)) nodes.set(node.id, node);
      for (const from of node.reads) put(from, node.id);
    }
    for (const { id, namespace, name } of external.datasets) {
      outside.set(id, outsideBox({ id, title: name, address: namespace, outside: 'dataset' }));
    }
    for (const job of external.jobs) {
      outside.set(job.id, boxOfJob(job));
      for (const from of job.reads) put(from, job.id);
      for (const to of job.writes) put(job.id, to);
    }
  }
  const boxes = [...nodes.values()].map(
    ({ reads: _, level: __, classification: ___, ...node }): Box => ({
      ...node,
      isFocus: node.address === first?.product,
    }),
  );
  const all = [...boxes, ...outside.values()];
  const known = new Set(all.map(({ id }) => id));
  return {
    boxes: all,
    lines: [...pairs.values()].filter(({ from, to }) => known.has(from) && known.has(to)),
  };
}

export function graphOfMesh({ domains, nodes, edges }: MeshLineage): Graph {
  const boxes = nodes.map(({ id, name, title, status, domain }) => ({
    ...{ id, title, status, isFocus: false, sources: 0, readers: 0 },
    address: `${domains[domain]!.name}/${name}`,
    domain: domains[domain]!.name,
    domainTitle: domains[domain]!.title,
  }));
  const lines = edges.map(([from, to]) => ({
    ...{ from: nodes[from]!.id, to: nodes[to]!.id, isCondition: false, label: '' },
  }));
  return { boxes, lines };
}

const CONDITIONS: Record<string, string> = {
  join: 'joins',
  filter: 'filters',
  group_by: 'groups',
  sort: 'sorts',
  window: 'orders a window',
  conditional: 'decides',
};
const VALUES: Record<string, string> = {
  identity: 'as it is',
  transformation: 'transformed',
  aggregation: 'aggregated',
};
/** How a column gets into another, in words. */
export const howText = (how: string): string => VALUES[how] ?? CONDITIONS[how] ?? how;
export const ROWS_TITLE = 'which rows there are';
const FILE = 'uploaded file';

/** One box a column; the rows of a product are one too, where something decides over them. */
export function graphOfColumns(answer: ColumnLineage): Graph {
  const { product, column, products, edges, external } = answer;
  const boxes = new Map<string, Box>();
  const put = (productId: string | null, name: string, owner: string): string => {
    const key = (productId ?? `file of ${owner}`) + JSON.stringify(name.toLowerCase());
    const address = productId ? (products[productId] ?? '') : FILE;
    const domain = productId ? (address.split('/')[0] ?? '') : '';
    if (!boxes.has(key)) {
      boxes.set(key, {
        ...{ id: key, address, domain, domainTitle: domain || FILE, status: '' },
        ...{ title: name || ROWS_TITLE, sources: 0, readers: 0 },
        isFocus: address === product && name.toLowerCase() === column.toLowerCase(),
      });
    }
    return key;
  };
  const self = Object.entries(products).find(([, address]) => address === product)?.[0];
  const own = self ? put(self, column, self) : '';
  const lines = new Map<string, Line>();
  for (const { sourceId, sourceColumn, productId, field, how } of edges) {
    const [from, to] = [put(sourceId, sourceColumn, productId), put(productId, field, productId)];
    const isCondition = how in CONDITIONS;
    const key = `${from} ${to} ${isCondition}`;
    const before = lines.get(key)?.label;
    const label = [before, howText(how)].filter(Boolean).join(', ');
    lines.set(key, { from, to, isCondition, label });
  }
  const place = ({ productId, namespace, name, column: own }: ColumnPlace): string => {
    if (productId) return put(productId, own, productId);
    const id = JSON.stringify([namespace, name, own.toLowerCase()]);
    const box = { id, title: own || ROWS_TITLE, address: name, outside: 'column' };
    if (!boxes.has(id)) boxes.set(id, outsideBox(box));
    return id;
  };
  for (const { from, to, how, job } of external) {
    const line = { from: place(from), to: place(to), isCondition: how in CONDITIONS };
    const key = `${line.from} ${line.to} ${line.isCondition}`;
    if (!lines.has(key)) lines.set(key, { ...line, label: `${howText(how)}, by ${job.name}` });
  }
  // Which rows there are decides over every column's values.
  if (self && edges.some(({ productId, field }) => productId === self && field === '')) {
    lines.set('rows', { from: put(self, '', self), to: own, isCondition: true, label: '' });
  }
  return { boxes: [...boxes.values()], lines: [...lines.values()] };
}

/** Everything upstream and downstream of a box, itself among it. */
export function pathOf(id: string, lines: readonly Line[]): Set<string> {
  const found = new Set([id]);
  for (const [near, far] of [
    ['from', 'to'],
    ['to', 'from'],
  ] as const) {
    const next = new Map<string, string[]>();
    for (const line of lines) next.set(line[near], [...(next.get(line[near]) ?? []), line[far]]);
    const seen = new Set([id]);
    const queue = [id];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const one of next.get(at) ?? []) {
        if (seen.has(one)) continue;
        seen.add(one);
        queue.push(one);
      }
    }
    for (const one of seen) found.add(one);
  }
  return found;
}

/** Colours and stripes tell domains apart; the box says its domain in words too. */
export const STRIPES = ['solid', 'dashed', 'dotted', 'double'] as const;
export const COLOURS = 6;
export interface DomainLook {
  name: string;
  title: string;
  /** Of `--chart-1` to `--chart-6`. */
  colour: number;
  stripe: (typeof STRIPES)[number];
  count: number;
}

export function domainLooks(boxes: readonly Pick<Box, 'domain' | 'domainTitle'>[]): DomainLook[] {
  const counts = new Map<string, { title: string; count: number }>();
  for (const { domain, domainTitle } of boxes) {
    const held = counts.get(domain) ?? { title: domainTitle, count: 0 };
    counts.set(domain, { ...held, count: held.count + 1 });
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, one], at) => ({
      ...{ name, ...one, colour: (at % COLOURS) + 1 },
      stripe: STRIPES[Math.floor(at / COLOURS) % STRIPES.length]!,
    }));
}
