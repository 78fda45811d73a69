import { conflict } from '@/lib/core/errors';

export const PRODUCT_STATUSES = [
  'draft',
  'development',
  'testing',
  'staging',
  'production',
  'deprecated',
  'retired',
] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/**
 * What may follow what; gates decide when (lib/provisioning/gates). Tests that fail later lead back to
 * testing; what was never live goes back to its draft when it is taken back; a deprecation can be withdrawn.
 */
const NEXT = {
  draft: ['development'],
  development: ['testing', 'draft', 'retired'],
  testing: ['staging', 'development', 'draft', 'retired'],
  staging: ['production', 'testing', 'development', 'draft', 'retired'],
  production: ['deprecated', 'retired'],
  deprecated: ['production', 'retired'],
  retired: [],
} as const satisfies Record<ProductStatus, readonly ProductStatus[]>;

const followers = (from: string): readonly ProductStatus[] =>
  Object.hasOwn(NEXT, from) ? NEXT[from as ProductStatus] : [];

export const canTransition = (from: string, to: ProductStatus): boolean =>
  followers(from).includes(to);

/** @throws AppError conflict saying what the product is and what may follow */
export function assertTransition(from: string, to: ProductStatus): void {
  if (canTransition(from, to)) return;
  const allowed = followers(from).join(', ');
  throw conflict(
    `The product is ${from} and cannot become ${to}. ${allowed ? `It can become: ${allowed}.` : 'Nothing follows.'}`,
    { from, to },
  );
}
