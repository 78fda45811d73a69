import type { Prisma, Tx } from '@/lib/core';
import { LRU, measuredOf } from '@/lib/governance';
import type { Results } from '../levels';

/** Products whose verdicts a process remembers; a mesh of more judges those anew that it forgot. */
const REMEMBERED = 20_000;

/** What a product's verdicts were made of, and they. */
interface Verdicts {
  facts: string;
  results: Results;
}
interface Memory {
  /** The checks in force that it is of. */
  of: string;
  verdicts: LRU<Verdicts>;
}
let memory: Memory = { of: '', verdicts: new LRU(REMEMBERED) };

/** A verdict depends on the expression and the facts alone, so it holds while neither has changed. */
export function verdictsOf(
  checks: readonly { id: string; domainId: string | null; expression: string }[],
): LRU<Verdicts> {
  const of = JSON.stringify(
    checks.map(({ id, domainId, expression }) => [id, domainId, expression]),
  );
  if (memory.of !== of) memory = { of, verdicts: new LRU(REMEMBERED) };
  return memory.verdicts;
}

type Measured = Awaited<ReturnType<typeof measuredOf>> extends Map<string, infer M> ? M : never;
/** `measured` in any other way than by a member that stands still: then the age counts too, which never does. */
const ASKS_AGE =
  /\bmeasured\b(?!\.(isLive|rowCount|sizeBytes|isEncrypted|grants|completeness|accuracy|consistency)\b)/;
export const asksAge = (expression: string): boolean => ASKS_AGE.test(expression);

/** @param version of the row of the product: another one with every change of it */
export function factsOf(version: string, { ageHours, ...measured }: Measured, withAge: boolean) {
  return JSON.stringify([version, measured, withAge ? ageHours : null]);
}

export interface Scored {
  id: string;
  domainId: string;
  /** Of its row: PostgreSQL gives every change another one. */
  version: string;
  measured: Measured;
}

/** Products with what their verdicts are made of: two statements, however many they are. */
export async function scoredProducts(
  client: Tx,
  ids: readonly string[],
  isScored: Prisma.Sql,
): Promise<Scored[]> {
  const rows = await client.$queryRaw<Omit<Scored, 'measured'>[]>`
    select p.id, p."domainId", p.xmin::text as version from product p
    where p.id = any(${[...ids]}::text[]) and ${isScored}`;
  const measured = await measuredOf(rows.map(({ id }) => id));
  return rows.map((row) => ({ ...row, measured: measured.get(row.id) ?? {} }));
}
