import { badParameter } from './bad-parameter';

export interface ListItem {
  /** Dot-separated parts, for `"a.b".desc`; quotes are taken off. */
  text: string;
  wasQuoted: boolean;
}

/**
 * Splits at a separator outside double quotes; a quoted part may hold anything, `\"` and `\\` included.
 * @throws AppError invalid for a quote that is not closed or is followed by text
 */
export function splitQuoted(parameter: string, raw: string, separator: ',' | '.'): ListItem[] {
  const items: ListItem[] = [];
  let at = 0;
  for (;;) {
    const item = raw[at] === '"' ? readQuoted(parameter, raw, at) : readPlain(raw, at, separator);
    items.push({ text: item.text, wasQuoted: raw[at] === '"' });
    if (item.end >= raw.length) return items;
    if (raw[item.end] !== separator) {
      throw badParameter(
        parameter,
        `${parameter}: text follows a closing quote. Put "${separator}" between values.`,
      );
    }
    at = item.end + 1;
  }
}

function readPlain(raw: string, from: number, separator: string) {
  const found = raw.indexOf(separator, from);
  const end = found === -1 ? raw.length : found;
  return { text: raw.slice(from, end), end };
}

function readQuoted(parameter: string, raw: string, from: number) {
  let text = '';
  for (let at = from + 1; at < raw.length; at += 1) {
    const char = raw[at]!;
    if (char === '"') return { text, end: at + 1 };
    if (char === '\\' && at + 1 < raw.length) at += 1;
    text += raw[at];
  }
  throw badParameter(parameter, `${parameter}: a double quote is not closed. Close it with ".`);
}

/** Splits at commas but leaves quotes in place, and parentheses closed when asked: for `or=(…)`. */
export function splitConditions(parameter: string, raw: string, hasLists: boolean): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw[at];
    if (isQuoted && char === '\\') at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (hasLists && char === '(') depth += 1;
    else if (hasLists && char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(raw.slice(start, at));
      start = at + 1;
    }
  }
  if (isQuoted || depth !== 0) {
    throw badParameter(parameter, `${parameter}: a quote or parenthesis is not closed. Close it.`);
  }
  return [...parts, raw.slice(start)];
}
