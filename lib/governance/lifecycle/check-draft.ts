import {
  type DataGovernancePolicy,
  parseDocumentAs,
  policyDomain,
  printPath,
  type SpecIssue,
} from '@/lib/specs';
import { readYaml } from '@/lib/specs/yaml-read';
import { checkCedar } from '../cedar-check';
import { checkRule } from '../cel/check-rule';
import type { EffectivePolicy } from '../effective';
import { effectivePolicy, effectivePolicyWith } from '../policies';
import {
  type Loosening,
  looseningsOf,
  type PolicyChange,
  policyChanges,
  refusalsOf,
} from './changes';
import { unknownKeys } from './unknown-keys';

export interface DraftIssue extends SpecIssue {
  severity: 'error' | 'warning';
}
export interface DraftCheck {
  issues: DraftIssue[];
  document: DataGovernancePolicy | null;
  /** What would hold differently, in the document's own domain or in the whole organisation. */
  changes: PolicyChange[];
  /** Values below the organisation's floor: a steward's consent is needed. */
  loosenings: Loosening[];
  approval: 'one_person' | 'two_people';
}
/** Which document the text has to be: a version of this policy, of this domain. */
export interface DraftIdentity {
  name: string;
  version: number;
  domain: string | null;
}

/**
 * Everything that is wrong with a draft, with line and column, and what it would change. An error keeps it
 * from being put in force; a warning does not.
 */
export async function checkPolicyDraft(yaml: string, draft: DraftIdentity): Promise<DraftCheck> {
  const parsed = parseDocumentAs('DataGovernancePolicy', yaml);
  if (!parsed.ok) {
    const issues = parsed.issues.map((issue) => ({ ...issue, severity: 'error' as const }));
    return { issues, document: null, changes: [], loosenings: [], approval: 'one_person' };
  }
  const { document } = parsed;
  const [before, after] = await Promise.all([
    effectivePolicy(draft.domain),
    effectivePolicyWith(draft.domain, {
      ...draft,
      scope: draft.domain === null ? 'global' : 'domain',
      activatedAt: null,
      activatedBy: null,
      document,
    }),
  ]);
  const place = locator(yaml);
  const found = [
    ...identityIssues(document, draft),
    ...unknownKeys(document).map((path) => ({
      path,
      severity: 'warning' as const,
      message: `No rule reads "${String(path.at(-1))}". Check the spelling, or take it out.`,
    })),
    ...takenIds(document, before, draft),
    ...ownRules(document),
    ...refusalsOf(after, draft).map(({ name, floor }) => ({
      path: ['spec'],
      severity: 'error' as const,
      message: `${name}: the organisation's document lets no domain say this; there it is ${floor}. Take it out, or ask a steward to change the global policy.`,
    })),
  ];
  return {
    issues: found.map(({ path, ...issue }) => ({
      ...issue,
      path: printPath(path),
      ...place(path),
    })),
    document,
    changes: policyChanges(before, after),
    loosenings: looseningsOf(after, draft),
    approval: before.approval?.value ?? 'one_person',
  };
}

type Path = (string | number)[];
interface Found {
  path: Path;
  severity: 'error' | 'warning';
  message: string;
}

function locator(yaml: string) {
  const read = readYaml(yaml);
  return (path: Path) => (read.ok ? read.locate(path) : { line: 1, column: 1 });
}

function identityIssues(document: DataGovernancePolicy, { name, domain }: DraftIdentity): Found[] {
  const issues: Found[] = [];
  const severity = 'error' as const;
  if (document.metadata.name !== name) {
    const message = `This is a version of ${name}. Keep its name, or begin another policy.`;
    issues.push({ path: ['metadata', 'name'], severity, message });
  }
  if (policyDomain(document) !== domain) {
    const message = domain
      ? `This policy holds in ${domain}. Write namespace: ${domain}-domain.`
      : 'This policy holds everywhere. Take the namespace out.';
    issues.push({ path: ['metadata'], severity, message });
  }
  return issues;
}

/** Entries that add up need ids of their own: one that is taken by another document would not hold. */
function takenIds(
  { spec }: DataGovernancePolicy,
  before: EffectivePolicy,
  { name }: DraftIdentity,
): Found[] {
  const lists = [
    ['access_conditions', spec.access_conditions, before.conditions],
    ['cedar_policies', spec.cedar_policies, before.cedar],
    ['validation_rules', spec.validation_rules, before.rules],
  ] as const;
  return lists.flatMap(([key, own, held]) =>
    (own ?? []).flatMap(({ id }, index): Found[] => {
      const other = held.find((one) => one.value.id === id && one.from.name !== name);
      if (!other) return [];
      const message = `${other.from.name} has "${id}" already, and that one holds. Choose another id.`;
      return [{ path: ['spec', key, index, 'id'], severity: 'error', message }];
    }),
  );
}

function ownRules({ spec }: DataGovernancePolicy): Found[] {
  return [
    ...(spec.cedar_policies ?? []).flatMap(({ policy }, index) =>
      checkCedar(policy).map((one) => ({
        ...one,
        path: ['spec', 'cedar_policies', index, 'policy'],
      })),
    ),
    ...(spec.validation_rules ?? []).flatMap((rule, index) =>
      checkRule(rule).map(({ at, ...one }) => ({
        ...one,
        path: ['spec', 'validation_rules', index, at],
      })),
    ),
  ];
}
