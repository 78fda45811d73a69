import type { EffectivePolicy } from '@/lib/governance';
import type { DataProduct, Enforcement } from '@/lib/specs';

/** A live product, with the policies in force for its domain. */
export interface MonitoredProduct {
  id: string;
  name: string;
  title: string;
  domain: string;
  domainId: string;
  ownerId: string;
  classification: string;
  descriptor: DataProduct;
  policy: EffectivePolicy;
}

/** One row that shows the problem: figures and names of things, never values of personal data. */
export type EvidenceRow = Record<string, string | number | null>;
const MAX_EVIDENCE = 50;

/** As it is stored: PostgreSQL would put an object's members into an order of its own. */
interface StoredEvidence {
  columns: string[];
  rows: (string | number | null)[][];
}

export function storedEvidence(rows: readonly EvidenceRow[]): StoredEvidence {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, rows: rows.map((row) => columns.map((name) => row[name] ?? null)) };
}

export function readEvidence(stored: unknown): EvidenceRow[] {
  const { columns = [], rows = [] } = (stored ?? {}) as Partial<StoredEvidence>;
  return rows.map((row) =>
    Object.fromEntries(columns.map((name, at) => [name, row[at] ?? null] as const)),
  );
}

export interface Problem {
  /** What is wrong, so that two problems of one product are told apart: stable while it lasts. */
  key: string;
  title: string;
  message: string;
  evidence: EvidenceRow[];
  /** Of a rule that a policy document writes: its own id and level. */
  ruleId?: string;
  level?: Enforcement;
  /** Personal data is concerned although the product says it has none. */
  isPersonal?: boolean;
}

/** What the suite judges: facts, and a product of another classification or domain where that matters. */
interface Example<Facts> {
  facts: Facts;
  classification?: string;
  domain?: 'sales' | 'marketing' | 'finance';
}

interface Definition<Facts> {
  id: string;
  title: string;
  /** What it looks at, in a sentence. */
  about: string;
  /** How often and how grave, unless the policies' `monitoring` says otherwise. */
  frequency: string;
  level: Enforcement;
  /** Requirements of law that a problem touches when the product holds personal data. */
  regulations: readonly string[];
  /** What is known of each product; an Error says why one could not be read. */
  load(
    products: readonly MonitoredProduct[],
    at: Date,
  ): Promise<ReadonlyMap<string, Facts | Error>>;
  judge(product: MonitoredProduct, facts: Facts, at: Date): Problem[];
  /** The suite runs these: no problem for `pass`, at least one for `fail`. `at` is 1 January 2026. */
  examples: { pass: Example<Facts>[]; fail: Example<Facts>[] };
}

interface Judged {
  /** Products without an entry were not judged. */
  problems: Map<string, Problem[]>;
  unread: { productId: string; message: string }[];
}

interface JudgedExample {
  classification: string;
  domain: string;
  judge(product: MonitoredProduct, at: Date): Problem[];
}

export interface MonitorRule
  extends Omit<Definition<never>, 'load' | 'judge' | 'examples' | 'regulations'> {
  regulations: readonly string[];
  check(products: readonly MonitoredProduct[], at: Date): Promise<Judged>;
  examples: { pass: JudgedExample[]; fail: JudgedExample[] };
}

/** A rule of the monitor: loads facts of many products at once, judges each by itself and purely. */
export function defineMonitorRule<Facts>(definition: Definition<Facts>): MonitorRule {
  const { load, judge, examples, ...rest } = definition;
  const bounded = (problem: Problem): Problem => ({
    ...problem,
    evidence: problem.evidence.slice(0, MAX_EVIDENCE),
  });
  const toJudge = ({ facts, classification, domain }: Example<Facts>): JudgedExample => ({
    classification: classification ?? 'internal',
    domain: domain ?? 'sales',
    judge: (product, at) => judge(product, facts, at),
  });
  return {
    ...rest,
    examples: { pass: examples.pass.map(toJudge), fail: examples.fail.map(toJudge) },
    async check(products, at) {
      const facts = await load(products, at);
      const judged: Judged = { problems: new Map(), unread: [] };
      for (const product of products) {
        const known = facts.get(product.id);
        if (known instanceof Error) {
          judged.unread.push({ productId: product.id, message: known.message });
        } else if (known !== undefined) {
          judged.problems.set(product.id, judge(product, known, at).map(bounded));
        }
      }
      return judged;
    },
  };
}
