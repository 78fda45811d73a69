import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readState, writeState } from './lineage-state';
import {
  domainLooks,
  type Graph,
  graphOf,
  graphOfColumns,
  graphOfMesh,
  type Line,
  pathOf,
} from './model';
import { BOX, packed } from './pack';

const node = (id: string, reads: string[] = []) => ({
  ...{ id, reads, address: `sales/${id}`, title: id, domain: 'sales', domainTitle: 'Sales' },
  ...{ status: 'production', classification: 'internal', level: 0, sources: 0, readers: 0 },
});
const answer = (product: string, nodes: ReturnType<typeof node>[]) => ({
  ...{ product, nodes, depth: 1, direction: 'both' as const, columns: [], more: 0 },
  external: { jobs: [], datasets: [], more: 0 },
});
const line = (from: string, to: string): Line => ({ from, to, isCondition: false, label: '' });

describe('the graph', () => {
  it('joins the answers, each product and line once, and leaves out lines to what is not shown', () => {
    const { boxes, lines } = graphOf([
      answer('sales/b', [node('b', ['a', 'hidden']), node('a')]),
      answer('sales/a', [node('a'), node('b', ['a']), node('c', ['a'])]),
    ]);
    expect(boxes.map(({ id, isFocus }) => [id, isFocus])).toEqual([
      ['b', true],
      ['a', false],
      ['c', false],
    ]);
    expect(lines.map(({ from, to }) => `${from} ${to}`)).toEqual(['a b', 'a c']);
  });

  it('has jobs and datasets outside the portal, in a domain of their own that comes last', () => {
    const job = {
      ...{ id: 'j', namespace: 'airflow', name: 'load', state: 'COMPLETE' as const },
      ...{
        at: new Date(Date.now() - 7_200_000).toISOString(),
        reads: ['d'],
        writes: ['b', 'gone'],
      },
    };
    const external = {
      jobs: [job],
      datasets: [{ id: 'd', namespace: 'pg', name: 'public.a' }],
      more: 0,
    };
    const { boxes, lines } = graphOf([{ ...answer('sales/b', [node('b')]), external }]);
    expect(boxes.map(({ title, address, outside }) => [title, address, outside])).toEqual([
      ['b', 'sales/b', undefined],
      ['public.a', 'pg', 'dataset'],
      ['load', 'airflow', 'job, completed 2 hours ago'],
    ]);
    expect(lines.map(({ from, to }) => `${from} ${to}`)).toEqual(['d j', 'j b']);
    expect(domainLooks(boxes).map(({ title }) => title)).toEqual(['Sales', 'Outside the portal']);
  });

  it('of the mesh has domains by their places', () => {
    const one = { status: 'production', classification: 'internal' };
    const { boxes, lines } = graphOfMesh({
      domains: [
        { name: 'hr', title: 'People' },
        { name: 'sales', title: 'Sales' },
      ],
      nodes: [
        { id: 'x', name: 'x', title: 'X', domain: 1, ...one },
        { id: 'y', name: 'y', title: 'Y', domain: 0, ...one },
      ],
      ...{ edges: [[0, 1]], more: 0, alone: 0 },
    });
    expect(boxes.map(({ address }) => address)).toEqual(['sales/x', 'hr/y']);
    expect(lines).toEqual([line('x', 'y')]);
  });

  it('of a column tells values from conditions and joins what decides over rows to it', () => {
    const edge = { sourceId: 's', productId: 'p' };
    const { boxes, lines } = graphOfColumns({
      ...{ product: 'sales/p', column: 'total', isCut: false, isDerived: true, gaps: [] },
      external: [
        {
          from: { productId: null, namespace: 'pg', name: 'public.bills', column: 'eur' },
          to: { productId: 's', namespace: '', name: '', column: 'amount' },
          ...{ how: 'identity', job: { namespace: 'airflow', name: 'load' } },
        },
      ],
      products: { p: 'sales/p', s: 'hr/s' },
      edges: [
        { ...edge, sourceColumn: 'amount', field: 'total', how: 'aggregation' },
        { ...edge, sourceColumn: 'id', field: '', how: 'filter' },
        { ...edge, sourceColumn: 'id', field: '', how: 'join' },
      ],
    });
    const titles = new Map(boxes.map(({ id, title }) => [id, title]));
    expect(
      lines.map(({ from, to, isCondition, label }) => [
        ...[titles.get(from), titles.get(to), isCondition, label],
      ]),
    ).toEqual([
      ['amount', 'total', false, 'aggregated'],
      ['id', 'which rows there are', true, 'filters, joins'],
      ['eur', 'amount', false, 'as it is, by load'],
      ['which rows there are', 'total', true, ''],
    ]);
    expect(boxes.find(({ title }) => title === 'eur')).toMatchObject({
      address: 'public.bills',
      outside: 'column',
    });
  });

  it('finds the path of a box, through rings too', () => {
    const lines = [line('a', 'b'), line('b', 'c'), line('c', 'b'), line('x', 'c'), line('a', 'y')];
    expect([...pathOf('b', lines)].sort()).toEqual(['a', 'b', 'c', 'x']);
    expect([...pathOf('y', lines)].sort()).toEqual(['a', 'y']);
  });

  it('gives each of 24 domains a look of its own', () => {
    const boxes = Array.from({ length: 24 }, (_, at) => ({
      ...{ ...node(`p${at}`), isFocus: false },
      domain: `domain-${at}`,
    }));
    const looks = domainLooks(boxes).map(({ colour, stripe }) => `${colour} ${stripe}`);
    expect(new Set(looks).size).toBe(24);
  });
});

describe('the packed layout', () => {
  const graphs = fc
    .record({
      size: fc.integer({ min: 1, max: 60 }),
      lines: fc.array(fc.tuple(fc.nat(59), fc.nat(59)), { maxLength: 120 }),
      domains: fc.integer({ min: 1, max: 7 }),
    })
    .map(({ size, lines, domains }): Graph => {
      const boxes = Array.from({ length: size }, (_, at) => ({
        ...{ ...node(`p${at}`), isFocus: false },
        ...{ domain: `d${at % domains}`, domainTitle: `D${at % domains}` },
      }));
      const inside = lines.filter(([from, to]) => from < size && to < size);
      return { boxes, lines: inside.map(([from, to]) => line(`p${from}`, `p${to}`)) };
    });

  it('places every box once, none over another, each in the block of its domain', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { places, blocks } = packed(graph);
        expect(places.size).toBe(graph.boxes.length);
        const all = graph.boxes.map(({ id, domain }) => ({ domain, ...places.get(id)! }));
        for (const [at, one] of all.entries()) {
          const block = blocks.find(({ domain }) => domain === one.domain)!;
          expect(one.x).toBeGreaterThanOrEqual(block.x);
          expect(one.x + BOX.width).toBeLessThanOrEqual(block.x + block.width);
          expect(one.y + BOX.height).toBeLessThanOrEqual(block.y + block.height);
          for (const other of all.slice(at + 1)) {
            const isApart =
              Math.abs(one.x - other.x) >= BOX.width || Math.abs(one.y - other.y) >= BOX.height;
            expect(isApart).toBe(true);
          }
        }
      }),
    );
  });

  it('puts what is read left of what reads it', () => {
    const boxes = ['c', 'b', 'a'].map((id) => ({ ...node(id), isFocus: false }));
    const { places } = packed({ boxes, lines: [line('a', 'b'), line('b', 'c')] });
    expect(places.get('a')!.x).toBeLessThan(places.get('b')!.x);
    expect(places.get('b')!.x).toBeLessThan(places.get('c')!.x);
  });
});

describe('the address', () => {
  it('keeps what is shown', () => {
    const state = {
      ...{ focus: 'sales/orders', domain: null, depth: 3, direction: 'upstream' as const },
      ...{ opened: ['hr/people', 'sales/x'], column: 'a & b' },
    };
    expect(readState(new URLSearchParams(writeState(state)))).toEqual(state);
    const fixed = writeState(state, 'sales/orders');
    expect(fixed).not.toContain('focus');
    expect(readState(new URLSearchParams(fixed), 'sales/orders')).toEqual(state);
  });

  it('is empty for a first visit, and what it cannot read is as if it were not there', () => {
    const odd = new URLSearchParams('focus=../etc&depth=99&direction=around&open=x&column=y');
    const first = {
      focus: null,
      domain: null,
      depth: 1,
      direction: 'both',
      opened: [],
      column: null,
    };
    expect(readState(odd)).toEqual(first);
    expect(writeState(readState(odd))).toBe('');
  });
});
