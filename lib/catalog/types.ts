import type { FacetName } from './search-input';

/** Where a word was found, in the order in which it says most. */
export type MatchField =
  | 'title'
  | 'name'
  | 'tag'
  | 'term'
  | 'column'
  | 'description'
  | 'documentation'
  | 'domain'
  | 'owner';

/** Why a product matches: a piece of a text, with what was found marked. */
export interface Match {
  field: MatchField;
  parts: { text: string; isMarked: boolean }[];
}

/** A product as the catalogue shows it: metadata only, which every signed-in person may see. */
export interface CatalogEntry {
  id: string;
  domain: string;
  domainTitle: string;
  name: string;
  title: string;
  description: string;
  classification: string;
  status: string;
  version: string;
  tags: string[];
  ownerName: string;
  ownerEmail: string;
  createdAt: string;
  /** When the rows served now were written; null before the first snapshot. */
  snapshotAt: string | null;
  rowCount: number | null;
  columnCount: number;
  /** Mean of the newest quality run's dimension scores, 0–100; null before the first run. */
  qualityScore: number | null;
  /** Different people who read it in thirty days. */
  readers: number;
  /** The mean of the reviews' stars, 1–5; null without reviews. */
  rating: { count: number; average: number } | null;
  /** Until when a steward's certification stands; null: it has none now. */
  certifiedUntil: string | null;
  /** Why it was found, the most telling first; empty without words. */
  matches: Match[];
}

export interface FacetCount {
  value: string;
  label: string;
  count: number;
}

export interface CatalogPage {
  entries: CatalogEntry[];
  /** Matches, at most `CATALOG_COUNT_CAP`; `isCapped` says that there are more. */
  total: number;
  isCapped: boolean;
  /** Whether a facet with a choice has more matches than are counted, among its other values too. */
  isChoiceCapped: boolean;
  nextAfter: number | null;
  facets: Record<FacetName, FacetCount[]>;
  /** The words that were looked for instead, when nothing has those that were typed. */
  corrected: string | null;
}

/** What may be meant by what has been typed so far. */
export interface CatalogSuggestions {
  products: { domain: string; name: string; title: string; classification: string }[];
  columns: { name: string }[];
  tags: { name: string }[];
  /** Of the glossary, by name or synonym. */
  terms: { slug: string; name: string }[];
  /** Owners of products. */
  people: { name: string; email: string }[];
  domains: { name: string; title: string }[];
}
