import { grantAccess, revokeGrant } from '@/lib/access';
import { type Ctx, newId } from '@/lib/core';
import { activatePolicy, draftPolicy, savePolicyDraft } from '@/lib/governance';
import { startDecider } from '@/lib/governance/testing/decider-process';
import { ctxOf, makeUser } from '@/lib/runtime/testing/factories';
import type { World } from './decision-world';

const ROUNDS = 20;

export interface Propagation {
  /** Milliseconds from the call of the verb, its transaction included, to the other process's new answer. */
  grants: number[];
  policies: number[];
}

/** How long a change takes until a second process decides by it. */
export async function measurePropagation({ owner, products }: World): Promise<Propagation> {
  const [product] = products.filter((one) => one.classification === 'restricted');
  const reader = await makeUser({ email: `${newId()}@portolan.example` });
  const steward = await ctxOf(await makeUser({ platformRoles: ['steward'] }));
  const other = startDecider();
  const request = { action: 'read' as const, product: product! };
  const seen: Propagation = { grants: [], policies: [] };
  const time = async (change: () => Promise<unknown>, allow: boolean, list: number[]) => {
    const start = performance.now();
    await change();
    await other.until(allow, reader.id, request);
    list.push(performance.now() - start);
  };
  const letIn = () =>
    grantAccess(owner, { productId: product!.id, email: reader.email, purpose: 'A study' });
  await other.until(false, reader.id, request);
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const given: { grantId: string }[] = [];
      await time(async () => given.push(await letIn()), true, seen.grants);
      await time(() => revokeGrant(owner, given[0]!), false, seen.grants);
    }
    await letIn();
    await other.until(true, reader.id, request);
    const name = `switch-${newId().slice(-8).toLowerCase()}`;
    for (let round = 0; round < ROUNDS; round += 1) {
      const isOpen = round % 2 === 1;
      const draft = await draftSwitch(steward, name, isOpen ? 'nobody' : reader.id);
      const enforce = () => activatePolicy(steward, { ...draft, mode: 'enforce' });
      await time(enforce, isOpen, seen.policies);
    }
  } finally {
    await other.stop();
  }
  return seen;
}

/** A policy that shuts one person out. */
async function draftSwitch(steward: Ctx, name: string, userId: string) {
  const cedar = `forbid (principal == User::"${userId}", action == Action::"read", resource);`;
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name } },
    spec: { cedar_policies: [{ id: `${name}-closed`, policy: cedar }] },
  };
  const { policyId } = await draftPolicy(steward, { name });
  const yaml = JSON.stringify(document);
  const { rev } = await savePolicyDraft(steward, { policyId, rev: 1, yaml, reason: 'A benchmark' });
  return { policyId, rev };
}
