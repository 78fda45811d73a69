import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { makeDomain, makeProduct, makeUser } from './factories';

/** A question with its judged answers: names of products. */
export interface Judged {
  kind: string;
  q: string;
  /** Every product that answers it; empty when nothing does. */
  relevant: string[];
  /** Products that must not be among the first five. */
  never: string[];
}

const PLACE = path.join(import.meta.dirname, '../../catalog/relevance');

/** Rows of a file; columns are parted by `|`, and the last ones may be missing. */
async function rowsOf(file: string): Promise<string[][]> {
  const text = await readFile(path.join(PLACE, file), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => line.split('|'));
}

const listed = (text = '', mark = ' ') => text.split(mark).filter(Boolean);

export async function judgedQueries(): Promise<Judged[]> {
  const rows = await rowsOf('queries.psv');
  return rows.map(([kind, q, relevant, never]) => ({
    kind: kind!,
    q: q!,
    relevant: listed(relevant),
    never: listed(never),
  }));
}

/** Makes the catalogue that the queries are judged on. @returns how many products it has */
export async function makeJudgedCatalogue(): Promise<number> {
  const rows = await rowsOf('products.psv');
  const domains = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const [domain, , , owner] of rows) {
    if (!domains.has(domain!)) {
      const title =
        domain === 'hr' ? 'Human resources' : domain![0]!.toUpperCase() + domain!.slice(1);
      domains.set(domain!, (await makeDomain({ name: domain!, title })).id);
    }
    if (!owners.has(owner!)) {
      const email = `${owner!.toLowerCase().replaceAll(' ', '.')}@portolan.example`;
      owners.set(owner!, (await makeUser({ name: owner!, email })).id);
    }
  }
  for (const row of rows) {
    const [domain, name, title, owner, classification, tags, columns, description, documentation] =
      row;
    await makeProduct({
      ...{ name: name!, title: title!, classification: classification!, description: description! },
      ...{ domainId: domains.get(domain!)!, ownerId: owners.get(owner!)!, documentation },
      tags: listed(tags, ','),
      fields: listed(columns, ',').map((column) => ({ name: column, type: 'string' })),
    });
  }
  return rows.length;
}
