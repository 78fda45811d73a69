import { z } from 'zod';
import { AppError, type Ctx, conflict } from '@/lib/core';
import { FACETS, SearchCatalogInput } from '../search-input';

const KEPT = ['q', ...FACETS] as const;

/** Saved searches belong to people. */
export function ownerOf(ctx: Ctx): string {
  if (ctx.actor.type !== 'user') throw new AppError('unauthenticated', 'Sign in to do this.');
  return ctx.actor.id;
}

/** An address's words and filters in one order; order, view and page are left out. */
export function catalogSearchOf(query: Record<string, string | string[] | undefined>): string {
  const params = new URLSearchParams();
  for (const name of KEPT) {
    const values = [query[name] ?? []].flat().map((value) => value.trim());
    for (const value of [...new Set(values)].sort()) if (value) params.append(name, value);
  }
  return params.toString();
}

/** A query string as `catalogSearchOf` takes it. */
export function queryOf(search: string): Record<string, string | string[]> {
  const params = new URLSearchParams(search);
  return Object.fromEntries(
    [...new Set(params.keys())].map((name) => {
      const values = params.getAll(name);
      return [name, values.length > 1 ? values : values[0]!];
    }),
  );
}

export const SearchName = z
  .string()
  .trim()
  .min(1, 'Give it a name')
  .max(60, 'Use at most 60 characters');

export const SearchQuery = z
  .string()
  .max(2000, 'This search is too long to keep')
  .transform((text, context) => {
    const search = catalogSearchOf(queryOf(text));
    const [issue] = SearchCatalogInput.safeParse(queryOf(search)).error?.issues ?? [];
    const problem = issue
      ? `${String(issue.path[0])}: ${issue.message}`
      : search === '' && 'There are no words and no filters to keep. Search for something first.';
    if (problem) context.addIssue({ code: 'custom', message: problem });
    return search;
  });

export const nameTaken = (name: string) =>
  conflict(`You have a saved search “${name}” already. Choose another name.`, {
    fields: { name: 'You have a saved search of this name already.' },
  });
