import type { DomainMap, DomainUse } from '@/lib/catalog';

const LEAST = { width: 132, height: 64 };
const MORE = { width: 120, height: 72 };

export interface MapBox {
  id: string;
  title: string;
  products: number;
  width: number;
  height: number;
  /** For the colours, which are the same as of lineage. */
  domain: string;
  domainTitle: string;
}

/** Boxes whose area beyond the least grows with the number of products. Pure. */
export function shapeOf({ domains, edges }: DomainMap) {
  const most = Math.max(1, ...domains.map(({ products }) => products));
  const boxes = domains.map(({ name, title, products }): MapBox => {
    const share = Math.sqrt(products / most);
    return {
      ...{ id: name, title, products, domain: name, domainTitle: title },
      width: Math.round(LEAST.width + MORE.width * share),
      height: Math.round(LEAST.height + MORE.height * share),
    };
  });
  return { boxes, lines: edges.map(({ from, to }) => ({ from, to })) };
}

/** How wide a line is, 1.25 to 7: ten times the use is one step more. */
export function strokeOf({ built, grants, reads }: DomainUse): number {
  return Math.min(7, 1.25 + 1.5 * Math.log10(1 + reads + 10 * built + grants));
}
