import type { Rank } from './rank';
import type { SeriesChart } from './series';

/** A dashboard: metrics of the catalogue as cards, some of them drawn, charts of its own, and short lists. */
export interface Definition {
  id: string;
  title: string;
  about: string;
  metrics: readonly string[];
  /** Those of the metrics that are drawn over time. */
  drawn: readonly string[];
  charts: readonly SeriesChart[];
  ranks: readonly Rank[];
}
