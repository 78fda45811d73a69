/** What may follow what; nothing else decides it. */
export const POLICY_STAGES = {
  draft: ['grace', 'enforced', 'discarded'],
  grace: ['enforced', 'superseded', 'discarded'],
  enforced: ['superseded'],
  superseded: [],
  discarded: [],
} as const satisfies Record<string, readonly string[]>;
export type PolicyStage = keyof typeof POLICY_STAGES;

export function mayFollow(from: string, to: PolicyStage): boolean {
  const next: readonly string[] = POLICY_STAGES[from as PolicyStage] ?? [];
  return next.includes(to);
}
