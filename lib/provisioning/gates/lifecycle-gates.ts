import { gateFacts } from './facts';
import { evaluateGate, type GateResult } from './gate';
import { GATES } from './registry';

/** Every gate of a product as it is now, in the order of the lifecycle. @throws AppError not_found */
export async function lifecycleGates(productId: string): Promise<GateResult[]> {
  const facts = await gateFacts(productId);
  return Promise.all(Object.values(GATES).map((gate) => evaluateGate(gate, facts)));
}
