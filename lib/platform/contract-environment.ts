import { db } from '@/lib/core';
import type { DataProduct } from '@/lib/specs';
import type { EtlSpec } from './etl/spec';

/** Where a version lives on beside its successor: one environment for each major number. */
export const versionEnvironment = (major: number | string): string => `v${major}`;

/** Whether an environment serves an older version. */
export const isOlderVersion = (environment: string): boolean => /^v\d+$/.test(environment);

/** What an environment has of its own; what is not there is the product's. */
export interface OwnContract {
  descriptor?: DataProduct;
  version?: string;
  etl?: EtlSpec;
  /** Staging: the contract version that takes effect when the candidate is promoted. */
  contractVersionId?: string;
}

/**
 * What differs from the contract in force: in staging what the candidate changes, in the environment of an older
 * version all that it was. Production has nothing of its own.
 */
export async function contractAt(productId: string, environment: string): Promise<OwnContract> {
  if (environment === 'staging') {
    const staging = await db().productEnvironment.findUnique({
      where: { productId_environment: { productId, environment } },
      select: { candidate: true },
    });
    return (staging?.candidate ?? {}) as OwnContract;
  }
  if (!isOlderVersion(environment)) return {};
  const older = await db().contractVersion.findFirst({
    where: { productId, environment, status: 'deprecated' },
    select: { descriptor: true, etl: true, version: true },
  });
  return (older ?? {}) as unknown as OwnContract;
}
