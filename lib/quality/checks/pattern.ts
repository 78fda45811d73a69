import { z } from 'zod';
import { quoteLiteral } from '@/lib/specs';
import { defineCheck, listWords, textOf } from './define-check';

const one = z.string().min(1).max(2000);
const patternConfig = z
  .looseObject({
    pattern: one.optional(),
    regex: one.optional(),
    /** Several, of which `match` says how many have to hold. */
    patterns: z.array(one).min(1).max(50).optional(),
    match: z.enum(['any', 'all', 'none']).default('all'),
    /** A regular expression (RE2, found anywhere in the text), or SQL's LIKE. */
    language: z.enum(['regex', 'like']).default('regex'),
  })
  .refine((config) => patternsOf(config).length > 0, { error: 'Give a pattern' });

interface Patterns {
  pattern?: string | undefined;
  regex?: string | undefined;
  patterns?: string[] | undefined;
}
const patternsOf = ({ pattern, regex, patterns }: Patterns): string[] => [
  ...(pattern ? [pattern] : []),
  ...(regex && !pattern ? [regex] : []),
  ...(patterns ?? []),
];

/** What RE2 does not have, so that a rule says so before it runs. */
const UNSUPPORTED = /\(\?(?:[=!]|<[=!])|\\[1-9]/;

export const pattern = defineCheck({
  title: 'Matches a pattern',
  dimension: 'accuracy',
  needsColumn: true,
  config: patternConfig,
  compile: ({ column, type, config }) => {
    const text = textOf(column, type);
    const hits = patternsOf(config).map((each) => {
      const quoted = quoteLiteral(each).trim();
      if (config.language === 'like') return `${text} like ${quoted}`;
      if (UNSUPPORTED.test(each)) {
        throw new Error(
          `"${each}" looks ahead, behind or back, which these regular expressions (RE2) cannot`,
        );
      }
      return `regexp_matches(${text}, ${quoted})`;
    });
    const found = hits.join(config.match === 'all' ? ' and ' : ' or ');
    return {
      kind: 'rows',
      bad: config.match === 'none' ? `(${found})` : `not (${found})`,
      looked: `${column} is not null`,
    };
  },
  describe: (column, config) => {
    const verb = config.match === 'none' ? 'matches none of' : 'matches';
    return `${column} ${verb} ${listWords(patternsOf(config))}`;
  },
});
