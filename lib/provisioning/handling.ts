import { effectivePolicy, encryptionRequired, retentionOf } from '@/lib/governance';
import type { Classification } from '@/lib/specs';

/** How the domain's policies in force want data of this classification kept. */
export async function handlingOf(
  domain: string,
  classification: Classification,
): Promise<{ isEncrypted: boolean; retention?: string }> {
  const policy = await effectivePolicy(domain);
  const retention = retentionOf(policy, classification);
  return {
    isEncrypted: encryptionRequired(policy, classification),
    ...(retention && { retention: String(retention.value) }),
  };
}
