'use client';

import { useEffect, useState } from 'react';
import type { RunDto, RunLogDto } from '@/lib/provisioning';

export interface LiveRun {
  run: RunDto;
  logs: RunLogDto[];
  /** False while the stream is away; the browser reconnects by itself. */
  isConnected: boolean;
}

/** A run as it happens, over server-sent events; what the server rendered is shown until then. */
export function useRun(initialRun: RunDto, initialLogs: RunLogDto[]): LiveRun {
  const [state, setState] = useState<LiveRun>({
    run: initialRun,
    logs: initialLogs,
    isConnected: true,
  });
  const { id, isOver } = initialRun;

  useEffect(() => {
    if (isOver) return;
    const source = new EventSource(`/api/v1/runs/${encodeURIComponent(id)}/events`);
    const read = <T>(event: Event) => JSON.parse((event as MessageEvent<string>).data) as T;
    source.addEventListener('run', (event) => {
      const run = read<RunDto>(event);
      setState((held) => ({ ...held, run }));
    });
    source.addEventListener('log', (event) => {
      const line = read<RunLogDto>(event);
      setState((held) => {
        const last = held.logs.at(-1);
        const isSeen = last !== undefined && BigInt(line.id) <= BigInt(last.id);
        return isSeen ? held : { ...held, logs: [...held.logs, line] };
      });
    });
    source.addEventListener('end', () => source.close());
    source.onopen = () => setState((held) => ({ ...held, isConnected: true }));
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED) {
        setState((held) => ({ ...held, isConnected: false }));
      }
    };
    return () => source.close();
  }, [id, isOver]);

  return state;
}

/** The time, moving while `isRunning`. */
export function useNow(isRunning: boolean): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(Date.now()), 250);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
