import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { DecisionRequest } from '../decision';
import type { Question, Verdict } from './decider';

const entry = path.join(import.meta.dirname, 'decider.ts');

export interface Decider {
  mayDo(userId: string, request: DecisionRequest): Promise<boolean>;
  /** Asks one question after another until the answer is this one. */
  until(allow: boolean, userId: string, request: DecisionRequest): Promise<void>;
  stop(): Promise<void>;
}

/** A second process that takes decisions on this one's database. */
export function startDecider(): Decider {
  const child = fork(entry, [], { execArgv: ['--import', 'tsx'], env: process.env });
  const waiting = new Map<number, (verdict: Verdict) => void>();
  let asked = 0;
  child.on('message', (verdict: Verdict) => {
    waiting.get(verdict.id)?.(verdict);
    waiting.delete(verdict.id);
  });
  child.on('exit', (code) => {
    for (const [id, tell] of waiting) tell({ id, error: `the process ended (${code})` });
  });
  const mayDo = async (userId: string, request: DecisionRequest) => {
    asked += 1;
    const question: Question = { id: asked, userId, request };
    const verdict = await new Promise<Verdict>((resolve) => {
      waiting.set(question.id, resolve);
      child.send(question);
    });
    if ('error' in verdict) throw new Error(verdict.error);
    return verdict.allow;
  };
  const until = async (allow: boolean, userId: string, request: DecisionRequest) => {
    while ((await mayDo(userId, request)) !== allow);
  };
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.disconnect();
    await once(child, 'exit');
  };
  return { mayDo, until, stop };
}
