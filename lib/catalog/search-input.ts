import { z } from 'zod';
import { PRODUCT_STATUSES } from '@/lib/products/lifecycle';
import { CLASSIFICATIONS } from '@/lib/specs';

/** Statuses a catalogue shows; a draft is its author's alone. */
const [, ...CATALOG_STATUSES] = PRODUCT_STATUSES;
export const CATALOG_SORTS = [
  'relevance',
  'popular',
  'rating',
  'newest',
  'name',
  'quality',
] as const;
export type CatalogSort = (typeof CATALOG_SORTS)[number];

/** Bands of the newest quality run's mean score, and the score that each begins with. */
export const QUALITY_BANDS = { high: 95, fair: 80, low: 0, unmeasured: null } as const;
export type QualityBand = keyof typeof QUALITY_BANDS;
const BANDS = ['high', 'fair', 'low', 'unmeasured'] as const satisfies QualityBand[];

/** What results can be narrowed by, in the order in which it is shown. */
export const FACETS = [
  'domain',
  'classification',
  'status',
  'certified',
  'quality',
  'port',
  'tag',
  'owner',
] as const;
export type FacetName = (typeof FACETS)[number];

export const MAX_CATALOG_PAGE = 100;
/** Matches are counted exactly up to this many; beyond it a caller says "500+". */
export const CATALOG_COUNT_CAP = 500;

// PostgreSQL holds no NUL.
const word = (max: number) =>
  z
    .string()
    .max(max)
    .refine((text) => !text.includes('\0'), 'Remove the NUL character');

/** One value or several: `?domain=sales&domain=hr` and `?domain=sales,hr` are the same. */
const many = <T extends string>(item: z.ZodType<T, string>) =>
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .transform((raw) =>
      [...new Set([raw ?? []].flat().flatMap((part) => part.split(',')))].filter(Boolean),
    )
    .pipe(z.array(item).max(50));

export const SearchCatalogInput = z.object({
  // NUL cannot be stored, so it cannot be found either.
  q: z
    .string()
    .max(200, 'Use at most 200 characters')
    .default('')
    .transform((text) => text.replaceAll('\0', ' ').trim()),
  domain: many(word(63)),
  classification: many(z.enum(CLASSIFICATIONS)),
  status: many(z.enum(CATALOG_STATUSES)),
  /** `yes`: a steward's certification stands now. */
  certified: many(z.enum(['yes', 'no'])),
  quality: many(z.enum(BANDS)),
  /** A kind of output port, as `rest_api`. */
  port: many(word(63)),
  tag: many(word(50)),
  /** An e-mail address. */
  owner: many(word(320)),
  sort: z.enum(CATALOG_SORTS).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_CATALOG_PAGE).default(24),
  /** How many matches to skip: what `nextAfter` of the page before said. */
  after: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type SearchCatalogInput = z.input<typeof SearchCatalogInput>;
export type CatalogQuery = z.output<typeof SearchCatalogInput>;
