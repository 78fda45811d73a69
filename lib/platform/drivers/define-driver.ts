import type { z } from 'zod';
import type { Classification, DataProduct } from '@/lib/specs';

/** In the order a product is provisioned; teardown goes the other way. */
export const CAPABILITIES = ['storage', 'processing', 'serving', 'governance'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What a plan is made from: known before the product exists, so that the wizard can show it. */
export interface PlanFacts {
  domain: string;
  name: string;
  environment: string;
  classification: Classification;
  /** What the effective policy says for the classification. */
  isEncrypted: boolean;
  retention?: string;
  source: { kind: 'upload' | 'product' | 'sql'; label: string; sizeBytes?: number };
  fieldCount: number;
  ruleCount: number;
  schedule: string;
  access: { role: string; permissions: string[] }[];
}

export interface PlannedChange {
  action: 'create' | 'run' | 'schedule' | 'register' | 'attach' | 'verify';
  what: string;
  detail?: string;
}

/** The product as the drivers see it; `descriptor` is the truth about its contract. */
export interface DriverProduct {
  id: string;
  domainId: string;
  domain: string;
  name: string;
  title: string;
  ownerId: string;
  classification: Classification;
  descriptor: DataProduct;
}

/** Work that belongs to modules right of `platform`; the workflow hands it in. */
export interface DriverServices {
  /** Runs the quality rules on a snapshot; a rule that fails is a result, not an error. */
  checkQuality(productId: string, snapshotId: string): Promise<{ summary: string }>;
  /** Asks the decision point about people whose answer is known. */
  readBackAccess(product: DriverProduct): Promise<{ who: string; expected: string; got: string }[]>;
}

export interface DriverCtx {
  product: DriverProduct;
  environment: string;
  /** The provisioning run; everything a run makes carries it, so that a repeated apply finds it. */
  runId: string;
  /** A tested snapshot of staging that this run brings to production, where another run would load one. */
  candidateId: string | null;
  facts: PlanFacts;
  signal: AbortSignal;
  services: DriverServices;
  log(message: string, level?: 'info' | 'warn'): Promise<void>;
  /** Names an instant inside the driver's work. Does nothing outside of tests. */
  checkpoint(name: string): Promise<void>;
}

export type DriverState = Record<string, unknown>;
export type Health = { ok: true } | { ok: false; reason: string };

/**
 * One way to provide a capability. Every method may run twice: `apply` finds what an earlier attempt
 * of the same run made, `undo` removes what is there and is content when nothing is.
 */
export interface Driver<C = unknown> {
  kind: string;
  capability: Capability;
  title: string;
  /** The provider's name in the platform document. */
  provider: string;
  /** The kinds of template it can stand for when the platform document maps them to its provider. */
  provides: readonly string[];
  config: z.ZodType<C>;
  plan(facts: PlanFacts, config: C): PlannedChange[];
  /** @returns what `verify` and `undo` need; kept in the resource row */
  apply(ctx: DriverCtx, config: C): Promise<DriverState>;
  /** Reads the made thing back. @throws AppError when it is not as planned */
  verify(ctx: DriverCtx, state: DriverState): Promise<string>;
  undo(ctx: Omit<DriverCtx, 'facts'>): Promise<void>;
  /** Whether this process could provide it now. */
  health(config: C): Promise<Health>;
}

export const defineDriver = <C>(driver: Driver<C>): Driver<C> => driver;
