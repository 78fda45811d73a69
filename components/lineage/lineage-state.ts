import { DIRECTIONS, type Direction, MAX_DEPTH } from '@/lib/lineage/directions';

/** What the address of the page holds. */
export interface LineageState {
  /** `domain/name`; null for the whole mesh. */
  focus: string | null;
  /** Of the whole mesh: one domain. */
  domain: string | null;
  depth: number;
  direction: Direction;
  /** Products opened by hand. */
  opened: string[];
  /** A column of the product in focus. */
  column: string | null;
}
const MAX_OPENED = 20;
const ADDRESS = /^[a-z0-9][a-z0-9_-]{0,62}\/[a-z0-9][a-z0-9_-]{0,62}$/;

/** Whatever cannot be read is as if it were not there: an address that somebody shortened still opens. */
export function readState(params: URLSearchParams, fixed?: string): LineageState {
  const focus = fixed ?? address(params.get('focus'));
  const depth = Number(params.get('depth') ?? 1);
  const direction = DIRECTIONS.find((one) => one === params.get('direction')) ?? 'both';
  return {
    ...{ focus, direction, domain: params.get('domain') || null },
    depth: Number.isInteger(depth) && depth >= 1 && depth <= MAX_DEPTH ? depth : 1,
    opened: [...new Set(params.getAll('open').filter((one) => address(one)))].slice(0, MAX_OPENED),
    column: (focus && params.get('column')) || null,
  };
}

const address = (text: string | null) => (text && ADDRESS.test(text) ? text : null);

/** Only what differs from a first visit is written. */
export function writeState(state: LineageState, fixed?: string): string {
  const params = new URLSearchParams();
  if (state.focus && !fixed) params.set('focus', state.focus);
  if (state.domain && !state.focus) params.set('domain', state.domain);
  if (state.focus) {
    if (state.depth !== 1) params.set('depth', String(state.depth));
    if (state.direction !== 'both') params.set('direction', state.direction);
    for (const one of state.opened) params.append('open', one);
    if (state.column) params.set('column', state.column);
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
