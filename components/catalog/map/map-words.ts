import type { DomainUse, MapEdge } from '@/lib/catalog';

export const MAP_PATH = '/catalog/map';

const count = (value: number, one: string, many: string) =>
  `${value.toLocaleString('en')} ${value === 1 ? one : many}`;

/** "12 reads by 3 people, 2 products made from it, 1 grant". */
export function usedText({ built, grants, reads, people }: DomainUse): string {
  const parts = [
    reads > 0 && `${count(reads, 'read', 'reads')} by ${count(people, 'person', 'people')}`,
    built > 0 && `${count(built, 'product', 'products')} made from it`,
    grants > 0 && count(grants, 'grant', 'grants'),
  ];
  return parts.filter(Boolean).join(', ');
}

/** What stands on a line: the most telling figure. */
export function shortText({ built, grants, reads }: DomainUse): string {
  if (reads > 0) return count(reads, 'read', 'reads');
  return built > 0 ? count(built, 'product', 'products') : count(grants, 'grant', 'grants');
}

/** The page with the products behind a line. */
export const usesHref = ({ from, to }: Pick<MapEdge, 'from' | 'to'>) =>
  `${MAP_PATH}?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}#uses`;
