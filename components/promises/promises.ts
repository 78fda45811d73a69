import type { DraftData } from '@/lib/products/draft-data';

/** Terms, support and price as a form holds them: half-written, perhaps. */
export type Promises = Pick<DraftData, 'terms' | 'support' | 'price'>;
export type Channel = NonNullable<Promises['support']>[number];
/** The message about a field, by its path in the draft. */
export type ErrorOf = (path: string) => string | undefined;

/** A part without what is empty; nothing when nothing is left. */
export function said<T extends object>(part: T): T | undefined {
  const left = Object.entries(part).filter(
    ([, value]) =>
      value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return left.length > 0 ? (Object.fromEntries(left) as T) : undefined;
}

/** The list with another entry at a place, or without it. */
export const replaced = <T>(list: readonly T[], at: number, entry: T | null): T[] =>
  list.flatMap((one, index) => (index === at ? (entry === null ? [] : [entry]) : [one]));

/** The tools that the Open Data Contract Standard names; others may be written in a document. */
const TOOLS = ['email', 'slack', 'teams', 'discord', 'ticket', 'googlechat', 'other'];
const SCOPES = ['interactive', 'announcements', 'issues', 'notifications'];
const choices = (known: readonly string[], held: string | undefined) =>
  [...new Set([...known, ...(held ? [held] : [])])].map((value) => ({ value, label: value }));
export const toolChoices = (held: string | undefined) => choices(TOOLS, held);
export const scopeChoices = (held: string | undefined) => choices(SCOPES, held);
