import type { GovernanceRule } from '../rule';

export const documentation: GovernanceRule = {
  id: 'documentation',
  title: 'A product is documented, and so are its columns',
  evaluate({ descriptor }) {
    const { documentation: text, schema } = descriptor.spec;
    const findings: ReturnType<GovernanceRule['evaluate']> = [];
    if (!text || text.trim().length < 20) {
      const message = 'Write what the data is, where it comes from and what it is good for.';
      findings.push({ level: 'warning', path: 'spec.documentation', message });
    }
    const bare = schema.filter((field) => !field.description).map((field) => field.name);
    if (bare.length > 0) {
      const some =
        bare.slice(0, 5).join(', ') + (bare.length > 5 ? ` and ${bare.length - 5} more` : '');
      findings.push({
        level: 'info',
        path: 'spec.schema',
        message: `No description yet: ${some}.`,
      });
    }
    return findings;
  },
  examples: {
    pass: [{}],
    fail: [
      { documentation: null },
      { documentation: 'short' },
      { schema: [{ name: 'id', type: 'long' }] },
    ],
  },
};
