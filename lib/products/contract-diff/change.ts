/**
 * What a change means to somebody who built on the contract: `breaking` may stop their work, `compatible` changes
 * what is served without that, `documentation` changes words alone.
 */
const COMPATIBILITIES = ['breaking', 'compatible', 'documentation'] as const;
export type Compatibility = (typeof COMPATIBILITIES)[number];

export interface ContractChange {
  /** Where in the document: `schema.address.city.type`, `slo.latency`, `quality.id present.threshold`. */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  before?: unknown;
  after?: unknown;
  compatibility: Compatibility;
  /** A sentence for people. */
  message: string;
  /** The column that it is about, to ask who reads it. */
  column?: string;
}

/** A removed field that may have got another name. It counts as removed: nothing of it is assumed. */
export interface RenameHint {
  from: string;
  to: string;
  /** Why one may think so. */
  because: string;
}

export type Bump = 'major' | 'minor' | 'patch';

export interface ContractDiff {
  /** In the order of the document, breaking ones first. */
  changes: ContractChange[];
  renames: RenameHint[];
  /** What the changes demand of the version (semver.org); null when there are none. */
  bump: Bump | null;
}

/** Whom the schema binds: consumers of the rows alone, or also those who send events by it. */
export type Direction = 'output' | 'both';

/** How a promise or a constraint moved. `other` cannot be compared. */
export type Move = 'tighter' | 'looser' | 'other' | 'same';

/**
 * A tighter constraint on rows that are served keeps every old promise; a looser one lets values through that
 * nobody reckons with. For those who send rows it is the other way round.
 */
export function compatibilityOf(move: Move, direction: Direction): Compatibility {
  if (move === 'same') return 'documentation';
  return move === 'tighter' && direction === 'output' ? 'compatible' : 'breaking';
}

const RANK: Record<Compatibility, number> = { breaking: 0, compatible: 1, documentation: 2 };

export function bySeverity(changes: ContractChange[]): ContractChange[] {
  return changes.toSorted((a, b) => RANK[a.compatibility] - RANK[b.compatibility]);
}

const BUMP: Record<Compatibility, Bump> = {
  breaking: 'major',
  compatible: 'minor',
  documentation: 'patch',
};

export function bumpOf(changes: readonly ContractChange[]): Bump | null {
  const worst = COMPATIBILITIES.find((one) => changes.some((it) => it.compatibility === one));
  return worst ? BUMP[worst] : null;
}
