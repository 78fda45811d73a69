import { readFile } from 'node:fs/promises';

const LOOK_MS = 100;

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / 1024;
}

/**
 * Calls back once when the process holds more than it may. DuckDB's own limit does not count what a
 * function builds in one piece (a text of a gigabyte). Where there is no /proc, that limit stands alone.
 * @returns ends the watch
 */
export function watchMemory(pid: number, maxMb: number, onExceeded: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const look = async () => {
    if ((await residentMb(pid)) > maxMb && !isOver) {
      isOver = true;
      onExceeded();
    }
    if (!isOver) timer = setTimeout(look, LOOK_MS);
  };
  timer = setTimeout(look, LOOK_MS);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}
