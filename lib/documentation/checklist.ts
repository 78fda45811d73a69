import type { Finding } from '@/lib/governance';
import type { DataProduct } from '@/lib/specs';
import type { ExampleOutcome } from './run-examples';

/** What the list looks at: read, never told. */
export interface ReadinessFacts {
  address: string;
  descriptor: DataProduct;
  documentation: string;
  isOwnerActive: boolean;
  findings: readonly Finding[];
  examples: readonly ExampleOutcome[];
  /** The newest finished run; null before the first. */
  quality: { rules: number; failed: readonly string[] } | null;
  ruleCount: number;
  /** Open violations of the policies' thresholds. */
  qualityViolations: number;
  objectives: number;
  /** It has not been loaded: what only rows can tell is not missing yet. */
  isDraft?: boolean;
}
export interface ReadinessItem {
  id: string;
  title: string;
  isDone: boolean;
  /** What is there, or what is missing and what to do. */
  why: string;
  /** Where to mend it: on the product's page, and in its draft. */
  href: string;
  field: string;
}
interface Check {
  id: string;
  title: string;
  tab: string;
  /** The part of a draft that it is about. */
  field: string;
  /** Null when it is done. */
  problem: (facts: ReadinessFacts) => string | null;
  done: (facts: ReadinessFacts) => string;
}

const MIN_DESCRIPTION = 20;
const DESCRIBED_SHARE = 0.8;
const PURPOSE = /^#{1,6} .*\b(purpose|used? for|good for|what it is|about)\b/im;
const LIMITS = /^#{1,6} .*\b(limit|limits|limitations?|caveats?|known issues?|not for)\b/im;

/** What the policies say about it, with level warning or error and without a waiver. */
function found({ findings }: ReadinessFacts, ...ruleIds: string[]): string | null {
  const own = findings.filter(
    ({ ruleId, level, waiver }) => ruleIds.includes(ruleId) && level !== 'info' && !waiver,
  );
  return own.length > 0 ? own.map(({ message }) => message).join(' ') : null;
}

function columnsDescribed({ descriptor }: ReadinessFacts) {
  const { schema } = descriptor.spec;
  const bare = schema.filter((field) => !field.description?.trim()).map(({ name }) => name);
  return { all: schema.length, described: schema.length - bare.length, bare };
}

const some = (names: readonly string[]) =>
  names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');

const pieces = (spec: object, key: 'terms' | 'support'): unknown =>
  (spec as Record<string, unknown>)[key];

const CHECKS: readonly Check[] = [
  {
    id: 'description',
    title: 'Description',
    tab: 'versions',
    field: 'description',
    problem: ({ descriptor }) =>
      descriptor.spec.description.trim().length < MIN_DESCRIPTION
        ? `Say in a sentence what the rows are: at least ${MIN_DESCRIPTION} characters.`
        : null,
    done: () => 'A sentence says what the rows are.',
  },
  {
    id: 'documentation',
    title: 'Documentation with purpose and limits',
    tab: 'documentation',
    field: 'documentation',
    problem: (facts) => {
      const { documentation } = facts;
      const missing = [
        ...(PURPOSE.test(documentation) ? [] : ['what it is for, under a heading “Purpose”']),
        ...(LIMITS.test(documentation) ? [] : ['what it is not for, under a heading “Limits”']),
      ];
      if (missing.length === 0) return null;
      return `Write ${missing.join(', and ')}.`;
    },
    done: () => 'Purpose and limits are written down.',
  },
  {
    id: 'owner',
    title: 'Owner and support',
    tab: 'access',
    field: 'support',
    problem: (facts) => {
      const finding = found(facts, 'owner');
      if (finding) return finding;
      if (!facts.isOwnerActive)
        return 'The owner’s account is disabled. Give the product another owner.';
      const { documentation, descriptor } = facts;
      const support = pieces(descriptor.spec, 'support');
      const isSaid = /^#{1,6} .*\b(support|contact|help|questions)\b/im.test(documentation);
      return isSaid || (Array.isArray(support) && support.length > 0)
        ? null
        : 'Say where to ask: a support channel of the contract, or a heading “Support” in the documentation.';
    },
    done: () => 'A person answers for it, and it says where to ask.',
  },
  {
    id: 'schema',
    title: 'Columns described',
    tab: 'schema',
    field: 'fields',
    problem: (facts) => {
      const { all, described, bare } = columnsDescribed(facts);
      if (all > 0 && described / all >= DESCRIBED_SHARE) return null;
      return `${described} of ${all} columns are described; ${DESCRIBED_SHARE * 100} % are asked for. Missing: ${some(bare)}.`;
    },
    done: (facts) => {
      const { all, described } = columnsDescribed(facts);
      return `${described} of ${all} columns are described.`;
    },
  },
  {
    id: 'pii',
    title: 'Personal data marked and protected',
    tab: 'schema',
    field: 'fields',
    problem: (facts) => found(facts, 'pii-classification', 'encryption'),
    done: () => 'No policy finds personal data that is less protected than it must be.',
  },
  {
    id: 'classification',
    title: 'Classification',
    tab: 'overview',
    field: 'classification',
    problem: (facts) => found(facts, 'classification'),
    done: ({ descriptor }) => `It is ${descriptor.spec.classification}.`,
  },
  {
    id: 'quality',
    title: 'Quality rules, and rows that meet them',
    tab: 'quality',
    field: 'quality',
    problem: (facts) => {
      const { ruleCount, quality, qualityViolations } = facts;
      if (ruleCount === 0) return 'There is no quality rule. Add one.';
      if (facts.isDraft) return null;
      if (!quality) return 'The rules have not been run on the rows. Load the product.';
      if (quality.failed.length > 0) return `The last run failed: ${some(quality.failed)}.`;
      if (qualityViolations > 0)
        return 'A score is below what the policy asks for; see its violations.';
      return null;
    },
    done: ({ quality, isDraft, ruleCount }) =>
      isDraft
        ? `${ruleCount} ${ruleCount === 1 ? 'rule runs' : 'rules run'} on every load.`
        : `The last run passed all ${quality?.rules ?? 0} rules.`,
  },
  {
    id: 'objectives',
    title: 'Objectives promised',
    tab: 'slo',
    field: 'slo',
    problem: ({ objectives }) =>
      objectives === 0
        ? 'It promises no availability, latency or freshness. Promise what readers may count on.'
        : null,
    done: ({ objectives }) =>
      `${objectives} ${objectives === 1 ? 'objective is' : 'objectives are'} promised.`,
  },
  {
    id: 'examples',
    title: 'Examples that work',
    tab: 'documentation',
    field: 'documentation',
    problem: ({ examples, isDraft }) => {
      if (examples.length === 0) {
        return 'The documentation has no example. Put a query into a code block marked “portolan”.';
      }
      const broken = examples.filter(({ state }) => state === 'fails');
      const [first] = broken;
      if (first) {
        const more = broken.length > 1 ? ` ${broken.length - 1} more do not work either.` : '';
        return `An example no longer works: ${first.message}${more}`;
      }
      const waiting = examples.filter(({ state }) => state === 'unknown').length;
      return waiting > 0 && !isDraft ? 'The examples have not been run on the rows yet.' : null;
    },
    done: ({ examples, isDraft }) =>
      isDraft
        ? `${examples.length} ${examples.length === 1 ? 'example is' : 'examples are'} run after the load.`
        : `${examples.length} of ${examples.length} examples work.`,
  },
  {
    id: 'terms',
    title: 'Terms of use',
    tab: 'documentation',
    field: 'terms',
    problem: ({ descriptor, documentation }) => {
      const terms = pieces(descriptor.spec, 'terms');
      const isStated = typeof terms === 'object' && terms !== null && Object.keys(terms).length > 0;
      return isStated || /^#{1,6} .*\b(terms|licen[cs]e|usage)\b/im.test(documentation)
        ? null
        : 'Say what readers may do with the rows: terms of use in the contract, or a heading “Terms” in the documentation.';
    },
    done: () => 'It says what readers may do with the rows.',
  },
];

/**
 * What is still missing before a product is fit to be read by others. It stops nothing: gates and policies do that, and
 * their findings are used here as they are. Pure.
 */
export function readiness(facts: ReadinessFacts): ReadinessItem[] {
  return CHECKS.map(({ id, title, tab, field, problem, done }) => {
    const missing = problem(facts);
    const page = `/products/${facts.address}`;
    return {
      ...{ id, title, field },
      isDone: missing === null,
      why: missing ?? done(facts),
      href: tab === 'overview' ? page : `${page}/${tab}`,
    };
  });
}
