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
 * What may follow what. Provisioning leads from draft through development straight to production, and
 * back to draft when it is undone; what was provisioned, wholly or not, can be retired. Nothing leads
 * to testing and staging: their gates are not there yet.
 */
const NEXT = {
  draft: ['development'],
  development: ['production', 'draft', 'retired'],
  testing: [],
  staging: [],
  production: ['deprecated', 'retired'],
  deprecated: ['retired'],
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
