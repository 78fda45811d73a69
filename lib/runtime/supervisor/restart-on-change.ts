import { watch } from 'node:fs';
import path from 'node:path';
import type { Child } from './child';
import { say } from './say';

const lib = path.resolve(import.meta.dirname, '../..');
const SETTLE_MS = 200;
/** Written by tools, or not part of what runs. */
const IGNORED = /(^|[\\/])generated[\\/]|\.test\.tsx?$|(^|[\\/])\.|~$/;

/**
 * For development: a change of the code below lib/ starts web and worker anew. Pages and components
 * reload by themselves.
 */
export function restartOnChange(children: readonly Child[]): void {
  let timer: NodeJS.Timeout | undefined;
  watch(lib, { recursive: true }, (_event, file) => {
    if (!file || IGNORED.test(file)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      say(`  lib/${file} changed; starting web and worker anew`);
      for (const child of children) child.restart();
    }, SETTLE_MS);
  }).unref();
}
