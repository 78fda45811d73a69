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
  nextAfter: number | null;
  facets: {
    domain: FacetCount[];
    classification: FacetCount[];
    status: FacetCount[];
    tag: FacetCount[];
  };
}

export interface CatalogSuggestion {
  domain: string;
  name: string;
  title: string;
  classification: string;
}
