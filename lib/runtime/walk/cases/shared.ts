import { SECRET } from '../secret';
import type { World } from '../world';

export type Case = (world: World) => unknown[];
/** The functions of one module that ask who is there. */
export interface Cases {
  /** What each verb and query is called with after `ctx`: real input that points at what is restricted. */
  cases: Record<string, Case>;
  /** What a signed-in person without any role gets on purpose, and why. */
  open?: Record<string, string>;
  /** Refusals that say more than "no", because they are about the asker's own input. */
  told?: Record<string, string>;
  /** Exported functions that take a `Ctx` and are parts of verbs and queries, which are called here themselves. */
  parts?: Record<string, string>;
}

export const secret = `${SECRET}-salaries`;
export const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
export const decision = (world: World) => ({
  ...{ id: world.ids.ledger, name: 'ledger', domainId: world.ids.vault, domain: 'vault' },
  ...{ classification: 'confidential', ownerId: world.ids.owner, status: 'production' },
});
export const product: Case = ({ ids }) => [ids.ledger];
export const none: Case = () => [];
export const filter: Case = () => [{}];
