import { policySetTextToParts, validate } from '@cedar-policy/cedar-wasm/nodejs';
import { CEDAR_SCHEMA } from './cedar-schema';

export interface CedarProblem {
  message: string;
  severity: 'error' | 'warning';
}

/**
 * Judges one Cedar policy of a steward's own: it parses, it is one policy and no template, and it fits the
 * portal's schema (names, attributes and types), so that it can never fail while deciding.
 */
export function checkCedar(text: string): CedarProblem[] {
  const error = (message: string): CedarProblem[] => [{ message, severity: 'error' }];
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') {
    return parts.errors.map(({ message, help }) => ({
      message: `This is not a Cedar policy: ${message}${help ? ` (${help})` : ''}.`,
      severity: 'error',
    }));
  }
  if (parts.policy_templates.length > 0) {
    return error(
      'A template has slots that nobody fills. Write the policy without ?principal and ?resource.',
    );
  }
  const [only, second] = parts.policies;
  if (!only) return error('There is no policy here. Begin with permit or forbid.');
  if (second) return error('There are two policies here. Give each an entry and an id of its own.');
  const answer = validate({
    validationSettings: { mode: 'strict' },
    schema: CEDAR_SCHEMA,
    policies: { staticPolicies: { policy: only } },
  });
  if (answer.type === 'failure') return answer.errors.flatMap(({ message }) => error(message));
  return [
    ...answer.validationErrors.map(({ error: one }) => ({
      message: explain(one.message, one.help),
      severity: 'error' as const,
    })),
    ...answer.validationWarnings.map(({ error: one }) => ({
      message: explain(one.message, one.help),
      severity: 'warning' as const,
    })),
  ];
}

/** Cedar names the policy by the id it was handed, which says nothing to who wrote it. */
function explain(message: string, help: string | null): string {
  const clean = message.replace(/^for policy `policy`, /, '');
  return help ? `${clean}. ${help}.` : `${clean}.`;
}

/** Whether it opens data, as opposed to closing it: a domain's own permit may reach past the global floor. */
export const isPermit = (text: string): boolean =>
  /^permit\b/.test(
    text
      .replace(/\/\/.*$/gm, '')
      .replace(/@\w+\s*\([^)]*\)/g, '')
      .trim(),
  );
