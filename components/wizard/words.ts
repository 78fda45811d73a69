import { FIELD_TYPES, type FieldType } from '@/lib/specs/field-types';

export const STEPS = [
  { label: 'Product', description: 'Template, domain, owner' },
  { label: 'Source', description: 'Data, schema, quality' },
  { label: 'Review', description: 'Objectives, access, plan' },
] as const;
export type StepNumber = 1 | 2 | 3;

const FIRST = [
  'template',
  'domain',
  'name',
  'title',
  'owner',
  'classification',
  'description',
  'tags',
];
const SECOND = ['source', 'fields', 'quality'];

/** The screen on which a field of the draft stands. */
export function stepOfPath(path: string): StepNumber {
  const [head = ''] = path.split('.');
  if (FIRST.includes(head)) return 1;
  return SECOND.includes(head) ? 2 : 3;
}

/** The id of the element around a field, for links from the summary. */
export const anchorOf = (path: string): string => `f-${path}`;

const NAMES: Record<string, string> = {
  template: 'Template',
  domain: 'Domain',
  name: 'Name',
  title: 'Title',
  owner: 'Owner',
  classification: 'Classification',
  description: 'Description',
  tags: 'Tags',
  source: 'Source',
  fields: 'Schema',
  quality: 'Quality rules',
  slo: 'Objectives',
  terms: 'Terms of use',
  support: 'Support',
  price: 'Price',
  access: 'Access',
  schedule: 'Refresh',
  documentation: 'Documentation',
};

/** `fields.2.name` → `Schema, field 3`. */
export function labelOfPath(path: string): string {
  const [head = '', second, third] = path.split('.');
  const name = NAMES[head] ?? head;
  if (second !== undefined && /^\d+$/.test(second)) {
    const thing = head === 'fields' ? 'field' : head === 'quality' ? 'rule' : 'entry';
    return `${name}, ${thing} ${Number(second) + 1}`;
  }
  return (head === 'slo' || head === 'price' || head === 'terms') && second
    ? `${name}, ${second}`
    : third
      ? `${name}, ${third}`
      : name;
}

/** A name for addresses from a title: `US Flights, 2001` → `us-flights-2001`. */
export function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63)
    .replace(/-+$/, '');
}

export function bytes(size: number): string {
  if (size < 1000) return `${size} B`;
  const units = ['kB', 'MB', 'GB'];
  const at = Math.min(Math.floor(Math.log10(size) / 3), units.length);
  const value = size / 1000 ** at;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[at - 1]}`;
}

/** Types that a person can choose for a plain column. */
export const SCALAR_TYPES: FieldType[] = FIELD_TYPES.filter(
  (type) => type !== 'array' && type !== 'struct',
);

export const SCHEDULE_WORDS = {
  manual: 'Only when somebody asks',
  hourly: 'Every hour',
  daily: 'Every day',
  weekly: 'Every week',
} as const;
