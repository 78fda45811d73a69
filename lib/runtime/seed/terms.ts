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

/**
 * The demo organisation's glossary, by its steward and producer. Each step is taken once: a seed that was cut off goes on
 * where it was.
 */
export async function createDemoTerms(ctxOf: (email: string) => Promise<Ctx>): Promise<void> {
  const [steward, producer] = [await ctxOf(STEWARD), await ctxOf(PRODUCER)];
  for (const { links, isApproved, ...fields } of TERMS) {
    const held = await findTerm(fields.name);
    if (!held) await createTerm(fields.domain ? producer : steward, fields);
    const { slug, status, rev, linked } = held ?? (await findTerm(fields.name))!;
    if (isApproved && status === 'draft') await approveTerm(steward, { term: slug, rev });
    for (const link of links.filter((one) => !linked.includes(one))) {
      const [product = '', column] = link.split('#');
      await linkTerm(producer, { term: slug, product, column });
    }
  }
}

async function findTerm(name: string) {
  const found = await db().glossaryTerm.findFirst({
    where: { name, deletedAt: null },
    include: { links: { include: { product: { include: { domain: true } } } } },
  });
  if (!found?.slug) return null;
  const { slug, status, rev, links } = found;
  const linked = links.map(
    ({ product, column }) => `${product.domain.name}/${product.name}${column && `#${column}`}`,
  );
  return { slug, status, rev, linked };
}
