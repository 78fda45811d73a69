import type { ChildProcess } from 'node:child_process';
import { setPriority } from 'node:os';
import { AppError } from '@/lib/core/errors';
import { watchMemory } from '../memory';
import type { SandboxLimits } from '../protocol';
import { died, PROCESS_MB, startChild, tooLarge, tooSlow } from '../run';
import type { FromChild, ToChild } from './protocol';

const NICE = 5;

/** The portal's own processes come first where they want the processor too. */
function yieldToOthers(pid: number | undefined): void {
  try {
    if (pid) setPriority(pid, NICE);
  } catch {
    // Some systems refuse it, and the process may be gone: it is a courtesy.
  }
}

/**
 * A child process that runs one query, asked and answered in turns. Its time counts only while it works: a reader
 * who takes pages slowly does not use it up.
 */
export class Talk {
  private readonly child: ChildProcess;
  private readonly closed: Promise<void>;
  private readonly unwatch: () => void;
  private readonly heard: FromChild[] = [];
  private failure: unknown = null;
  private wake: (() => void) | null = null;
  private leftMs: number;
  private noise = '';

  constructor(
    private readonly limits: SandboxLimits,
    private readonly signal: AbortSignal,
  ) {
    this.leftMs = limits.timeMs;
    this.child = startChild('query/child.ts');
    const { memoryMb } = limits;
    this.unwatch = watchMemory(this.child.pid ?? 0, memoryMb + PROCESS_MB, () =>
      this.stop(tooLarge(memoryMb)),
    );
    signal.addEventListener('abort', this.onAbort, { once: true });
    this.child.stderr?.on('data', (piece: Buffer) => {
      this.noise = (this.noise + piece.toString()).slice(-2000);
    });
    this.child.on('message', (message) => {
      this.heard.push(message as FromChild);
      this.wake?.();
    });
    this.child.once('error', (error) => this.stop(error));
    this.closed = new Promise((resolve) => {
      this.child.once('close', (code, killed) => {
        this.failure ??= died(code, killed, this.noise);
        this.wake?.();
        resolve();
      });
    });
    if (signal.aborted) this.onAbort();
  }

  private readonly onAbort = () => this.stop(this.signal.reason);

  private stop(reason: unknown): void {
    this.failure ??= reason;
    this.child.kill('SIGKILL');
    this.wake?.();
  }

  say(message: ToChild): void {
    // Starting is part of every answer; what may go on for long is what follows.
    if (message.kind === 'inputs') yieldToOthers(this.child.pid);
    if (this.child.connected) this.child.send(message, (error) => error && this.stop(error));
  }

  /** The next thing the child says. @throws AppError what it failed with, or why it was stopped */
  async hear(): Promise<FromChild> {
    const began = performance.now();
    const timer = setTimeout(
      () => this.stop(tooSlow(this.limits.timeMs)),
      Math.max(this.leftMs, 0),
    );
    try {
      while (this.heard.length === 0 && this.failure === null) {
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
      this.leftMs -= performance.now() - began;
    }
    const message = this.heard.shift();
    if (!message || this.signal.aborted) throw this.failure;
    if (message.kind !== 'failed') return message;
    const { code, line, column } = message;
    throw new AppError(code, message.message, { ...(line && { line }), ...(column && { column }) });
  }

  /** Resolves when the process is gone. */
  async end(): Promise<void> {
    this.signal.removeEventListener('abort', this.onAbort);
    this.unwatch();
    this.child.kill('SIGKILL');
    await this.closed;
  }
}
