import type { ProductStatus } from '@/lib/products/lifecycle';
import type { GateFacts } from './facts';

export interface GateFinding {
  /** An error closes the gate; a warning only informs. */
  level: 'error' | 'warning';
  message: string;
}

/** One thing that a gate asks for. Nobody ticks it: it looks. */
export interface GateCheck {
  id: string;
  title: string;
  check(facts: GateFacts): GateFinding[] | Promise<GateFinding[]>;
}

export interface Gate {
  from: ProductStatus;
  to: ProductStatus;
  title: string;
  checks: readonly GateCheck[];
}

export interface GateResult {
  from: ProductStatus;
  to: ProductStatus;
  title: string;
  passes: boolean;
  checks: { id: string; title: string; passes: boolean; findings: GateFinding[] }[];
}

export const errors = (...messages: string[]): GateFinding[] =>
  messages.map((message) => ({ level: 'error', message }));

export async function evaluateGate(gate: Gate, facts: GateFacts): Promise<GateResult> {
  const checks = await Promise.all(
    gate.checks.map(async ({ id, title, check }) => {
      const findings = await check(facts);
      return { id, title, findings, passes: findings.every((one) => one.level !== 'error') };
    }),
  );
  const { from, to, title } = gate;
  return { from, to, title, checks, passes: checks.every((one) => one.passes) };
}

/** What stands in the way, in a line for a run's ending; null when nothing does. */
export function obstacleOf({ title, checks }: GateResult): string | null {
  const found = checks.flatMap((one) => one.findings.filter(({ level }) => level === 'error'));
  if (found.length === 0) return null;
  const more = found.length > 3 ? ` And ${found.length - 3} more.` : '';
  const shown = found.slice(0, 3).map(({ message }) => message);
  return `${title}: ${shown.join(' ')}${more}`;
}
