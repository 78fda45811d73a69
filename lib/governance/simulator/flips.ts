import type { Prisma } from '@/lib/core';

export type FlipKind = 'product' | 'grant' | 'decision';
export type Direction = 'stricter' | 'looser';

export interface Flip {
  kind: FlipKind;
  direction: Direction;
  productId: string;
  ownerId: string;
  subjectId: string | null;
  action: string;
  before: string;
  after: string;
  count: number;
}
export interface Tally {
  /** How many were looked at: products, grants, logged decisions. */
  checked: number;
  stricter: number;
  looser: number;
}
export interface SimulationResult {
  products: Tally;
  grants: Tally;
  decisions: Tally & { skipped: number };
  /** The first moment whose decisions were looked at. */
  since: string;
  durationMs: number;
  /** More things flip than are kept one by one. */
  isCut: boolean;
}

/** What is kept one by one; the counts are whole. */
const MAX_KEPT = 50_000;
const BATCH = 1000;

const none = (): Tally => ({ checked: 0, stricter: 0, looser: 0 });

/** Collects what flips and writes it in batches. */
export class Flips {
  readonly products = none();
  readonly grants = none();
  readonly decisions = { ...none(), skipped: 0 };
  isCut = false;
  private kept = 0;
  private batch: Prisma.PolicySimulationFlipCreateManyInput[] = [];

  constructor(
    private readonly simulationId: string,
    private readonly save: (rows: Prisma.PolicySimulationFlipCreateManyInput[]) => Promise<unknown>,
  ) {}

  async add(flip: Flip): Promise<void> {
    const tally = { product: this.products, grant: this.grants, decision: this.decisions }[
      flip.kind
    ];
    tally[flip.direction] += flip.count;
    if (this.kept >= MAX_KEPT) {
      this.isCut = true;
      return;
    }
    this.batch.push({ simulationId: this.simulationId, ordinal: this.kept, ...flip });
    this.kept += 1;
    if (this.batch.length >= BATCH) await this.flush();
  }

  async flush(): Promise<void> {
    const rows = this.batch;
    this.batch = [];
    if (rows.length > 0) await this.save(rows);
  }
}
