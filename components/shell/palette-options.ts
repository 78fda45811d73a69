import type { Suggestion } from '@/components/catalog/use-suggestions';
import { DASHBOARDS } from '@/components/insight/dashboards';
import { type NavKey, type NavVisibility, visibleSections } from './nav-items';

/** What a person chose last, newest first; kept in this browser. */
export type Recent = Pick<Suggestion, 'title' | 'detail' | 'href'>;
const KEPT = 5;

export function withRecent(recent: Recent[], { title, detail, href }: Recent): Recent[] {
  const others = recent.filter((one) => one.href !== href);
  return [{ title, ...(detail && { detail }), href }, ...others].slice(0, KEPT);
}

/** What was kept, as far as it can be read. */
export function readRecent(text: string | null): Recent[] {
  try {
    const rows: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(rows)) return [];
    return rows.filter(isRecent).slice(0, KEPT);
  } catch {
    return [];
  }
}

function isRecent(row: unknown): row is Recent {
  if (typeof row !== 'object' || row === null) return false;
  const { title, href } = row as Record<string, unknown>;
  return typeof title === 'string' && typeof href === 'string' && /^\/(?!\/)/.test(href);
}

/** Pages whose own words are not what people type for them. */
const ALSO: Record<string, string> = {
  newProduct: 'create add publish',
  tokens: 'key secret',
  audit: 'log history',
  docs: 'help guide manual',
  glossary: 'terms words synonyms definitions',
  people: 'users members roles',
};

/** Pages that are reached from another one; they are offered to whoever sees that one, once something is typed. */
const WITHIN: { of: NavKey; href: string; label: string; also?: string }[] = [
  { of: 'catalogue', href: '/catalog/map', label: 'Domain map', also: 'graph use' },
  { of: 'glossary', href: '/governance/tags', label: 'Tags', also: 'vocabulary words' },
  ...DASHBOARDS.slice(1).map((one) => ({
    ...one,
    of: 'insight' as const,
    also: 'dashboard insight',
  })),
];

interface Choices {
  typed: string;
  nav: NavVisibility;
  recent: Recent[];
  found: Suggestion[];
}

/** Everything that the palette offers for what was typed; without words, what was chosen last and the pages. */
export function paletteOptions({ typed, nav, recent, found }: Choices): Suggestion[] {
  const text = typed.trim().toLowerCase();
  const shown = [
    ...visibleSections(nav).flatMap(({ items }) =>
      items.map(({ key, href, label }) => ({ href, label, also: ALSO[key] })),
    ),
    ...(text ? WITHIN.filter(({ of }) => nav[of] !== false) : []),
  ];
  const pages = shown
    .filter(({ label, also = '' }) => fits(text, `${label} ${also}`))
    .map(({ href, label }) => ({ key: `page ${href}`, group: 'Pages', title: label, href }));
  if (!text) {
    const last = recent.map((row) => ({ ...row, key: `recent ${row.href}`, group: 'Recent' }));
    return [...last, ...pages];
  }
  const search = {
    key: 'search',
    group: 'Actions',
    title: `Search the catalogue for “${typed.trim()}”`,
    href: `/catalog?${new URLSearchParams({ q: typed.trim().slice(0, 200) })}`,
  };
  return [...found, ...pages, search];
}

/** Whether each typed word begins one of the words. */
const fits = (text: string, words: string) =>
  text.split(/\s+/).every((typed) =>
    words
      .toLowerCase()
      .split(/\s+/)
      .some((word) => word.startsWith(typed)),
  );
