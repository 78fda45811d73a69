import { db } from '@/lib/core';

/** Where a version lives on beside its successor: one environment for each major number. */
export const versionEnvironment = (major: number | string): string => `v${major}`;

/** The contract version that such an environment serves; null for production and for what is gone. */
export async function olderVersion(productId: string, environment: string) {
  if (!/^v\d+$/.test(environment)) return null;
  return db().contractVersion.findFirst({
    where: { productId, environment, status: 'deprecated' },
    select: { descriptor: true, etl: true, version: true },
  });
}
