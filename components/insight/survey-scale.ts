/** The scale of CSAT, from 1 to 5. */
export const SCORES = [
  { score: 1, label: 'very dissatisfied' },
  { score: 2, label: 'dissatisfied' },
  { score: 3, label: 'neither' },
  { score: 4, label: 'satisfied' },
  { score: 5, label: 'very satisfied' },
] as const;
