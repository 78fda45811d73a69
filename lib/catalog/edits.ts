/**
 * How many letters were left out, put in, changed or swapped with their neighbour between two words (optimal string
 * alignment); `most + 1` when it is more than `most`.
 */
export function editsBetween(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let before: number[] = [];
  let above = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let at = 1; at <= to.length; at += 1) {
      const isSame = from[row - 1] === to[at - 1];
      let least = Math.min(above[at]! + 1, line[at - 1]! + 1, above[at - 1]! + (isSame ? 0 : 1));
      const isSwapped = from[row - 1] === to[at - 2] && from[row - 2] === to[at - 1];
      if (row > 1 && at > 1 && isSwapped) least = Math.min(least, before[at - 2]! + 1);
      line.push(least);
    }
    before = above;
    above = line;
  }
  return Math.min(above[to.length]!, most + 1);
}

/** Typing errors that are forgiven: none in short words, one from five letters, two from nine. */
export const forgiven = (word: string): number => (word.length < 5 ? 0 : word.length < 9 ? 1 : 2);
