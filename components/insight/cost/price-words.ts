import type { CostKind, CostVersion } from '@/lib/insight';

type PriceName = keyof Pick<
  CostVersion,
  'storageGbMonth' | 'loadHour' | 'qualityHour' | 'queryHour' | 'egressGb'
>;

/** What each price is for, in the order of the form. */
export const PRICE_WORDS: { name: PriceName; label: string; short: string; hint: string }[] = [
  {
    name: 'storageGbMonth',
    label: 'A gigabyte stored for 30 days',
    short: 'Stored GB',
    hint: '10⁹ bytes of snapshots, by the hour.',
  },
  {
    name: 'loadHour',
    label: 'An hour of loading',
    short: 'Load hour',
    hint: 'Loads and first builds of products.',
  },
  {
    name: 'qualityHour',
    label: 'An hour of quality checks',
    short: 'Check hour',
    hint: 'Runs of quality rules.',
  },
  {
    name: 'queryHour',
    label: 'An hour of answering reads',
    short: 'Read hour',
    hint: 'From the request to its end.',
  },
  {
    name: 'egressGb',
    label: 'A gigabyte served',
    short: 'Served GB',
    hint: '10⁹ bytes of answers.',
  },
];

export const KIND_WORDS: Record<CostKind, string> = {
  storage: 'Storage',
  load: 'Loads',
  quality: 'Quality checks',
  query: 'Reads',
  egress: 'Bytes served',
};
