import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { db, listen } from '@/lib/core';

const entry = path.join(import.meta.dirname, 'paused-worker.ts');
const LIMIT_MS = 40_000;

export interface WorkerProcess {
  child: ChildProcess;
  ready: Promise<void>;
  paused: Promise<string>;
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

/** A worker in a process of its own, on this test's database. */
export function startWorkerProcess(
  options: { id: string; pauseAt?: string; deadAfterMs?: number } = { id: 'worker-test' },
): WorkerProcess {
  const { id, pauseAt = '', deadAfterMs = 15_000 } = options;
  const child = fork(entry, [pauseAt, String(deadAfterMs)], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, PORTOLAN_WORKER_ID: id },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const message = (type: string) =>
    new Promise<string>((resolve, reject) => {
      child.on('message', (said: { type: string; name?: string }) => {
        if (said.type === type) resolve(said.name ?? '');
      });
      child.once('exit', (code) => reject(new Error(`the worker ended (${code}) before ${type}`)));
    });
  const paused = message('paused');
  const ready = message('ready').then(() => undefined);
  // A worker that is killed on purpose has nothing more to say.
  paused.catch(() => undefined);
  ready.catch(() => undefined);
  const kill = (signal: NodeJS.Signals = 'SIGKILL') =>
    new Promise<number | null>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
      child.once('exit', (code) => resolve(code));
      child.kill(signal);
    });
  return { child, ready, paused, kill };
}

/** Waits, by notification, until the run has ended. @returns its status */
export async function runEnd(runId: string): Promise<string> {
  let look: () => void = () => {};
  const ended = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the run did not end in time')), LIMIT_MS);
    look = () =>
      void db()
        .provisioningRun.findUniqueOrThrow({ where: { id: runId } })
        .then((run) => {
          if (!run.finishedAt) return;
          clearTimeout(timer);
          resolve(run.status);
        })
        .catch(reject);
  });
  const stop = await listen('portolan_run', (id) => {
    if (id === runId || id === '') look();
  });
  look();
  try {
    return await ended;
  } finally {
    stop();
  }
}
