import { type Ctx, db } from '@/lib/core';
import { approveTerm, createTerm, linkTerm } from '@/lib/glossary';

const STEWARD = 'steward@portolan.example';
const PRODUCER = 'producer@portolan.example';

interface DemoTerm {
  name: string;
  definition: string;
  synonyms: string[];
  domain: string | null;
  related: string[];
  isApproved: boolean;
  /** `domain/product` or `domain/product#column` */
  links: string[];
}

const TERMS: DemoTerm[] = [
  {
    name: 'IATA code',
    definition:
      'Three letters that name an airport, given by the International Air Transport Association. SEA is Seattle–Tacoma.',
    synonyms: ['station code'],
    domain: null,
    related: [],
    isApproved: true,
    links: [
      'operations/airports#iata',
      'operations/flights#origin',
      'operations/flights#destination',
    ],
  },
  {
    name: 'Arrival delay',
    definition:
      'How many minutes after its scheduled time an aircraft reaches the gate. Negative when it is early.',
    synonyms: ['lateness', 'tardiness'],
    domain: 'operations',
    related: ['IATA code'],
    isApproved: false,
    links: ['operations/flights#delay'],
  },
];

/** The demo organisation's glossary, by its steward and producer; terms that are there stay as they are. */
export async function createDemoTerms(ctxOf: (email: string) => Promise<Ctx>): Promise<void> {
  const [steward, producer] = [await ctxOf(STEWARD), await ctxOf(PRODUCER)];
  const held = await db().glossaryTerm.findMany({ select: { name: true } });
  for (const { links, isApproved, ...fields } of TERMS) {
    if (held.some(({ name }) => name === fields.name)) continue;
    const { slug: term } = await createTerm(fields.domain ? producer : steward, fields);
    if (isApproved) await approveTerm(steward, { term, rev: 1 });
    for (const link of links) {
      const [product = '', column] = link.split('#');
      await linkTerm(producer, { term, product, column });
    }
  }
}
