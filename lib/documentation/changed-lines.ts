/**
 * The part of a text that differs, as it was and as it is, without the lines that both begin and end with: an audit
 * row keeps what was changed, not the whole text twice. `from` counts lines from 1.
 */
export function changedLines(
  was: string,
  is: string,
): { from: number; before: string; after: string } {
  const [old, fresh] = [was.split('\n'), is.split('\n')];
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  const middle = (lines: string[]) => lines.slice(head, lines.length - tail).join('\n');
  return { from: head + 1, before: middle(old), after: middle(fresh) };
}
