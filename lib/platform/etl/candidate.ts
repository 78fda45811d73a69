import { db } from '@/lib/core';
import type { DataProduct } from '@/lib/specs';
import type { EtlSpec } from './spec';

/** What a candidate in staging changes of its product when it is promoted. */
export interface Candidate {
  descriptor?: DataProduct;
  version?: string;
  etl?: EtlSpec;
}

export async function candidateOf(productId: string): Promise<Candidate> {
  const staging = await db().productEnvironment.findUnique({
    where: { productId_environment: { productId, environment: 'staging' } },
    select: { candidate: true },
  });
  return (staging?.candidate ?? {}) as Candidate;
}
