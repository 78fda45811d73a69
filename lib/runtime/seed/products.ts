import type { DraftRule } from '@/lib/products/draft-data';
import type { DemoDomain } from './people';

interface FieldNote {
  description?: string;
  type?: string;
  pii?: boolean;
  primaryKey?: boolean;
}

export interface DemoProduct {
  domain: DemoDomain;
  name: string;
  title: string;
  owner: string;
  classification: 'public' | 'internal' | 'confidential' | 'restricted';
  description: string;
  documentation: string;
  tags: string[];
  /** A file of the vega-datasets package, the generated customers, or SQL over other products. */
  source:
    | { kind: 'file'; file: string }
    | { kind: 'customers' }
    | { kind: 'sql'; sql: string; inputs: { alias: string; product: string }[] };
  /** By the column's name in the source. */
  fields?: Record<string, FieldNote>;
  /** Left out: what the file's profile suggests. */
  quality?: DraftRule[];
  /** Left out: the template's roles. */
  access?: { role: string; permissions: ('read' | 'write' | 'delete' | 'manage')[] }[];
  slo: { availability: string; latency: string; freshness: string };
  schedule: 'manual' | 'daily' | 'weekly';
}

const PRODUCER = 'producer@portolan.example';
const ADMIN = 'data-admin@portolan.example';
const SLO = { availability: '99.9%', latency: '< 500ms', freshness: '< 1 day' };
const VEGA = 'The file comes from the public `vega-datasets` collection; it is real data.';

/** Ten products of real data and one of synthetic people, in the order in which they are made. */
export const PRODUCTS: DemoProduct[] = [
  {
    domain: 'operations',
    name: 'flights',
    title: 'US flights 2001',
    owner: PRODUCER,
    classification: 'public',
    description:
      'Three million US domestic flights of early 2001: when, from where to where, how late.',
    documentation: `# US flights 2001\n\nOne row per flight. \`delay\` is the arrival delay in minutes, negative when early.\n\n${VEGA}\n\n## Purpose\n\nDelays by airport, route and hour.\n\n## Limits\n\nA few months of one year, domestic flights only.\n\n## Ask it\n\nHow late did flights to Seattle arrive?\n\n\`\`\`portolan\ndestination=eq.SEA&order=delay.desc&limit=5\n\`\`\`\n\nLong distances:\n\n\`\`\`portolan\ndistance=gt.2000&limit=5\n\`\`\``,
    tags: ['aviation', 'time-series', 'large'],
    source: { kind: 'file', file: 'flights-3m.parquet' },
    fields: {
      date: { description: 'Scheduled departure, local time' },
      delay: { description: 'Arrival delay in minutes; negative when early' },
      distance: { description: 'Distance in miles' },
      origin: { description: 'IATA code of the airport of departure' },
      destination: { description: 'IATA code of the airport of arrival' },
    },
    slo: SLO,
    schedule: 'manual',
  },
  {
    domain: 'operations',
    name: 'airports',
    title: 'US airports',
    owner: PRODUCER,
    classification: 'public',
    description: 'Airports of the United States with their IATA code, city and position.',
    documentation: `# US airports\n\nThe reference list that joins to flights by \`iata\`.\n\n${VEGA}`,
    tags: ['aviation', 'reference'],
    source: { kind: 'file', file: 'airports.csv' },
    fields: {
      iata: { primaryKey: true, description: 'IATA code' },
      latitude: { description: 'Degrees north' },
      longitude: { description: 'Degrees east' },
    },
    slo: SLO,
    schedule: 'weekly',
  },
  {
    domain: 'operations',
    name: 'bird-strikes',
    title: 'Bird strikes',
    owner: PRODUCER,
    classification: 'internal',
    description:
      'Collisions of aircraft with wildlife: where, in which phase of flight, at what cost.',
    documentation: `# Bird strikes\n\nTen thousand reported strikes. Costs are in US dollars.\n\n${VEGA}`,
    tags: ['aviation', 'safety'],
    source: { kind: 'file', file: 'birdstrikes.csv' },
    slo: SLO,
    schedule: 'daily',
  },
  {
    domain: 'operations',
    name: 'seattle-weather',
    title: 'Seattle weather',
    owner: PRODUCER,
    classification: 'public',
    description: 'Daily weather in Seattle, 2012 to 2015.',
    documentation: `# Seattle weather\n\nTemperatures in °C, precipitation in mm, wind in m/s.\n\n${VEGA}`,
    tags: ['weather', 'time-series'],
    source: { kind: 'file', file: 'seattle-weather.csv' },
    fields: { date: { primaryKey: true, description: 'Day' } },
    slo: SLO,
    schedule: 'daily',
  },
  {
    domain: 'marketing',
    name: 'movies',
    title: 'Movies',
    owner: PRODUCER,
    classification: 'internal',
    description: 'Films with their budget, gross, genre and ratings.',
    documentation: `# Movies\n\nUsed to study what audiences pay for. Gross and budget in US dollars.\n\n${VEGA}`,
    tags: ['entertainment', 'audience'],
    source: { kind: 'file', file: 'movies.json' },
    slo: SLO,
    schedule: 'weekly',
  },
  {
    domain: 'finance',
    name: 'stock-prices',
    title: 'Technology stock prices',
    owner: ADMIN,
    classification: 'confidential',
    description: 'Monthly prices of five technology companies, 2000 to 2010.',
    documentation: `# Technology stock prices\n\nOne row per company and month, in US dollars.\n\n${VEGA}`,
    tags: ['markets', 'time-series'],
    source: { kind: 'file', file: 'stocks.csv' },
    access: [{ role: 'data_producer', permissions: ['read'] }],
    slo: SLO,
    schedule: 'daily',
  },
  {
    domain: 'hr',
    name: 'us-employment',
    title: 'US employment by sector',
    owner: ADMIN,
    classification: 'internal',
    description: 'Monthly employment by sector, in thousands, 2006 to 2015.',
    documentation: `# US employment by sector\n\nThousands of people employed, seasonally adjusted.\n\n${VEGA}`,
    tags: ['labour-market', 'time-series'],
    source: { kind: 'file', file: 'us-employment.csv' },
    fields: { month: { primaryKey: true, description: 'First day of the month' } },
    slo: SLO,
    schedule: 'weekly',
  },
  {
    domain: 'hr',
    name: 'us-jobs',
    title: 'US occupations since 1850',
    owner: ADMIN,
    classification: 'public',
    description: 'Share of US workers in each occupation by sex and census year, 1850 to 2000.',
    documentation: `# US occupations since 1850\n\n\`perc\` is the share of all workers of that sex.\n\n${VEGA}`,
    tags: ['labour-market', 'history'],
    source: { kind: 'file', file: 'jobs.json' },
    slo: SLO,
    schedule: 'manual',
  },
  {
    domain: 'legal',
    name: 'political-contributions',
    title: 'Political contributions',
    owner: ADMIN,
    classification: 'public',
    description: 'Receipts and spending of US congressional candidates, from public filings.',
    documentation: `# Political contributions\n\nPublic record of campaign finance, in US dollars.\n\n${VEGA}`,
    tags: ['public-record'],
    source: { kind: 'file', file: 'political-contributions.json' },
    slo: SLO,
    schedule: 'manual',
  },
  {
    domain: 'sales',
    name: 'customer-data-product',
    title: 'Customers',
    owner: ADMIN,
    classification: 'restricted',
    description: 'Customer data product for sales analytics',
    documentation:
      '# Customers\n\nThe customer product of sales, with personal data. **The people are synthetic**: names and addresses come from a generator with a fixed seed; nobody in it exists.',
    tags: ['customer', 'personal-data', 'synthetic'],
    source: { kind: 'customers' },
    access: [{ role: 'data_admin', permissions: ['read'] }],
    fields: {
      customer_id: { primaryKey: true, description: 'Unique customer identifier' },
      customer_name: { pii: true, description: 'Customer full name' },
      email: { pii: true, description: 'Customer email address' },
      created_at: { description: 'Customer creation timestamp', type: 'timestamp' },
    },
    slo: { availability: '99.9%', latency: '< 100ms', freshness: '< 1 hour' },
    schedule: 'daily',
  },
  {
    domain: 'operations',
    name: 'airport-traffic',
    title: 'Airport traffic and delays',
    owner: PRODUCER,
    classification: 'public',
    description:
      'Departures, average delay and share of late flights per airport, from flights and airports.',
    documentation:
      '# Airport traffic and delays\n\nDerived from `operations/flights` and `operations/airports`. A flight is late when it arrives more than 15 minutes after schedule.',
    tags: ['aviation', 'derived'],
    source: {
      kind: 'sql',
      inputs: [
        { alias: 'flights', product: 'operations/flights' },
        { alias: 'airports', product: 'operations/airports' },
      ],
      sql: `select a.iata, a.name, a.city, a.state,
       count(*) as departures,
       round(avg(f.delay), 2) as average_delay_minutes,
       round(100.0 * count(*) filter (where f.delay > 15) / count(*), 2) as late_percent
from flights f
join airports a on a.iata = f.origin
group by all
order by departures desc`,
    },
    fields: {
      iata: { primaryKey: true, description: 'IATA code' },
      departures: { description: 'Flights that left the airport' },
      average_delay_minutes: { description: 'Mean arrival delay of those flights, in minutes' },
      late_percent: { description: 'Share of flights more than 15 minutes late, in percent' },
    },
    quality: [
      {
        name: 'iata is never empty',
        dimension: 'completeness',
        check: 'not_null',
        column: 'iata',
        config: {},
        reason: 'The key names the airport',
      },
      {
        name: 'iata is unique',
        dimension: 'uniqueness',
        check: 'unique',
        column: 'iata',
        config: {},
        reason: 'One row for each airport',
      },
      {
        name: 'late_percent is a percentage',
        dimension: 'accuracy',
        check: 'range',
        column: 'late_percent',
        config: { min: 0, max: 100 },
        reason: 'A share of flights lies between 0 and 100',
      },
    ],
    slo: SLO,
    schedule: 'weekly',
  },
];
