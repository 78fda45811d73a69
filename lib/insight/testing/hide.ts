import { listen, newId, notify, transact } from '@/lib/core';

/** Takes products away from a person, and waits until this process has heard of it. @param asks what makes it listen */
export async function hide(
  personId: string,
  names: string[],
  asks: () => Promise<unknown>,
): Promise<void> {
  const policy = `forbid (principal == User::"${personId}", action == Action::"discover", resource)
    when { [${names.map((name) => `"${name}"`).join(', ')}].contains(resource.name) };`;
  const name = `hide-${personId}`;
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name } },
    spec: { cedar_policies: [{ id: name, policy }] },
  };
  const heard = Promise.withResolvers<void>();
  await asks();
  const stop = await listen('portolan_policy', () => heard.resolve());
  const row = { name, version: 1, stage: 'enforced', yaml: '', document, reason: 'test' };
  await transact(async (tx) => {
    await tx.policyDocument.create({ data: { id: newId(), ...row } });
    await notify(tx, 'portolan_policy', name);
  });
  await heard.promise;
  stop();
}
