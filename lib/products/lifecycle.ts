import { conflict } from '@/lib/core';

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
 * What may follow what. Provisioning leads from draft through development straight to production,
 * and back to draft when it is undone; whatever was provisioned can be retired.
 */
const NEXT = {
  draft: ['development'],
  development: ['testing', 'production', 'draft', 'retired'],
  testing: ['staging', 'development', 'retired'],
  staging: ['production', 'testing', 'retired'],
  production: ['deprecated', 'retired'],
  deprecated: ['retired', 'production'],
  retired: [],
} as const satisfies Record<ProductStatus, readonly ProductStatus[]>;

export function canTransition(from: string, to: ProductStatus): boolean {
  const allowed: readonly ProductStatus[] = Object.hasOwn(NEXT, from)
    ? NEXT[from as ProductStatus]
    : [];
  return allowed.includes(to);
}

/** @throws AppError conflict saying what the product is and what may follow */
export function assertTransition(from: string, to: ProductStatus): void {
  if (canTransition(from, to)) return;
  const allowed = Object.hasOwn(NEXT, from) ? NEXT[from as ProductStatus].join(', ') : '';
  throw conflict(
    `The product is ${from} and cannot become ${to}. ${allowed ? `It can become: ${allowed}.` : 'Nothing follows.'}`,
    { from, to },
  );
}
