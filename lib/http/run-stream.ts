import type { FastifyReply, FastifyRequest } from 'fastify';
import { listen, log } from '@/lib/core';
import { getRun, type RunDto, runLogs } from '@/lib/provisioning';

const COMMENT_MS = 15_000;
const PAGE = 1000;

/**
 * Sends a run as server-sent events until it ends or the reader leaves: its state on every change,
 * each log line once, a comment every 15 s so that no proxy closes a quiet stream.
 */
export async function streamRun(
  request: FastifyRequest,
  reply: FastifyReply,
  runId: string,
): Promise<void> {
  // Refusals come before the stream begins, as ordinary problems.
  await getRun(request.ctx, runId);
  const stream = new RunStream(request, reply, runId);
  reply.hijack();
  await stream.run();
}

class RunStream {
  private lastLog: bigint;
  private lastState = '';
  private isDirty = true;
  private isClosed = false;
  private wake: () => void = () => {};
  private readonly raw;

  constructor(
    private readonly request: FastifyRequest,
    reply: FastifyReply,
    private readonly runId: string,
  ) {
    this.raw = reply.raw;
    const seen = String(request.headers['last-event-id'] ?? '');
    this.lastLog = /^\d{1,18}$/.test(seen) ? BigInt(seen) : 0n;
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) this.raw.setHeader(name, value);
    }
    this.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
    this.raw.on('close', () => {
      this.isClosed = true;
      this.wake();
    });
  }

  async run(): Promise<void> {
    const stopListening = await listen('portolan_run', (id) => {
      if (id !== this.runId && id !== '') return;
      this.isDirty = true;
      this.wake();
    });
    const comment = setInterval(() => this.write(': still here\n\n'), COMMENT_MS);
    try {
      this.write('retry: 1000\n\n');
      while (!this.isClosed) {
        if (!this.isDirty) {
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
          continue;
        }
        this.isDirty = false;
        if (await this.sendChanges()) break;
      }
    } catch (error) {
      // The browser reconnects by itself, with the last line it has seen.
      log().warn({ err: error, run: this.runId }, 'a run’s event stream ended early');
    } finally {
      clearInterval(comment);
      stopListening();
      this.raw.end();
    }
  }

  /** @returns true when the run is over and all of it was sent */
  private async sendChanges(): Promise<boolean> {
    const run = await getRun(this.request.ctx, this.runId);
    for (;;) {
      const lines = await runLogs(this.request.ctx, this.runId, this.lastLog);
      for (const line of lines) {
        this.lastLog = BigInt(line.id);
        this.event('log', line, line.id);
      }
      if (lines.length < PAGE) break;
    }
    this.sendState(run);
    if (run.isOver) this.event('end', { status: run.status });
    return run.isOver;
  }

  private sendState(run: RunDto): void {
    const state = JSON.stringify(run);
    if (state === this.lastState) return;
    this.lastState = state;
    this.event('run', run);
  }

  private event(name: string, data: object, id?: string): void {
    this.write(`${id ? `id: ${id}\n` : ''}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  private write(text: string): void {
    if (!this.isClosed) this.raw.write(text);
  }
}
