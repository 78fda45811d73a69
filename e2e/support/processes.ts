import { readdir, readFile } from 'node:fs/promises';

interface ProcessInfo {
  pid: number;
  parent: number;
  command: string;
}

async function all(): Promise<ProcessInfo[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const isGone = fields[0] === 'Z' || !stat;
      return isGone ? undefined : { pid: Number(pid), parent: Number(fields[1]), command };
    }),
  );
  return found.filter((entry) => entry !== undefined);
}

/** Every living process below `pid`, in no order. */
export async function descendants(pid: number): Promise<ProcessInfo[]> {
  const list = await all();
  const found: ProcessInfo[] = [];
  let parents = [pid];
  while (parents.length > 0) {
    const children = list.filter((entry) => parents.includes(entry.parent));
    found.push(...children);
    parents = children.map((entry) => entry.pid);
  }
  return found;
}

/** Those of `pids` that still live. */
export async function alive(pids: number[]): Promise<number[]> {
  return (await all()).map((entry) => entry.pid).filter((pid) => pids.includes(pid));
}
