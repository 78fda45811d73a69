import { invalid } from './errors';

const MAX_DEPTH = 64;

interface Fault {
  path: string[];
  message: string;
}

/**
 * What Postgres cannot hold, in any value: NUL, half a character, nesting without end. Found without recursion, for
 * hostile input may be nested very deep. Only lists and plain objects are looked into.
 */
export function unstorable(root: unknown, maxDepth = MAX_DEPTH): Fault | null {
  const stack: { value: unknown; path: string[] }[] = [{ value: root, path: [] }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') {
      if (isStorable(value)) continue;
      return { path, message: 'A text holds a NUL or half a character. Remove it' };
    }
    if (!isPlain(value)) continue;
    if (path.length >= maxDepth) {
      return { path, message: `This is nested more than ${maxDepth} levels deep. Flatten it` };
    }
    for (const [key, child] of Object.entries(value)) {
      if (!isStorable(key)) return { path, message: 'A name holds a NUL or half a character' };
      stack.push({ value: child, path: [...path, key] });
    }
  }
  return null;
}

/** @throws AppError invalid that names the place */
export function requireStorable(root: unknown): void {
  const fault = unstorable(root);
  if (fault) throw invalid(`${fault.message}.`, { [fault.path.join('.')]: fault.message });
}

const isStorable = (text: string) => !text.includes('\0') && text.isWellFormed();

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
