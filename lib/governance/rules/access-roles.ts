import { refLabel } from '../effective';
import type { Finding, GovernanceRule } from '../rule';

/** Roles of the policy only; a product may name roles of its own, which give nothing by themselves. */
export const accessRoles: GovernanceRule = {
  id: 'access-roles',
  title: 'A product offers a role no more than the policy gives it at this classification',
  evaluate({ descriptor, policy }) {
    const { classification, access = [] } = descriptor.spec;
    return access.flatMap(({ role, permissions }, index): Omit<Finding, 'ruleId'>[] => {
      const rule = policy.access[role];
      const path = `spec.access[${index}]`;
      if (!rule) {
        const message = `The policies in force know no role ${role}. People in it need a grant each.`;
        return [{ level: 'warning', path: `${path}.role`, message }];
      }
      if (classification && !rule.value.dataAccess.includes(classification)) {
        const message = `${role} may not reach ${classification} data (${refLabel(rule.from)}). Take the role out; give people grants instead.`;
        return [{ level: 'error', path: `${path}.role`, message }];
      }
      const excess = permissions.filter((one) => !rule.value.permissions.includes(one));
      if (excess.length === 0) return [];
      const message = `${role} may ${rule.value.permissions.join(', ')}, not ${excess.join(', ')} (${refLabel(rule.from)}).`;
      return [{ level: 'error', path: `${path}.permissions`, message }];
    });
  },
  examples: {
    pass: [{}, { access: [{ role: 'data_consumer', permissions: ['read'] }] }, { access: null }],
    fail: [
      { access: [{ role: 'data_consumer', permissions: ['read', 'write'] }] },
      {
        classification: 'confidential',
        access: [{ role: 'data_consumer', permissions: ['read'] }],
      },
      { access: [{ role: 'data_analyst', permissions: ['read'] }] },
    ],
  },
};
