import { z } from 'zod';
import { columnList, defineCheck, listWords } from './define-check';

/** Columns that are there: how many, which, in which order. */
export const columnsMatch = defineCheck({
  title: 'Columns of the table',
  dimension: 'consistency',
  needsColumn: false,
  config: z
    .looseObject({
      names: columnList.optional(),
      /** Only these, these in this order, or at least these. */
      match: z.enum(['exactly', 'in_order', 'at_least']).default('exactly'),
      min: z.int('A number of columns is a whole number').min(0).nullish(),
      max: z.int('A number of columns is a whole number').min(0).nullish(),
      position: z.int().min(0).optional(),
    })
    .refine(({ min, max }) => min == null || max == null || min <= max, {
      error: 'min is larger than max: no table could be good',
    }),
  compile: ({ columns, config }) => {
    const { names, match, min, max, position } = config;
    const present = [...columns.keys()];
    const isThere = (names ?? []).every((name) => columns.has(name));
    const isSame = names === undefined || present.length === new Set(names).size;
    const isOrdered = names?.every((name, at) => present[(position ?? 0) + at] === name) ?? true;
    const ok =
      isThere &&
      (match === 'at_least' || isSame) &&
      (!(match === 'in_order' || position !== undefined) || isOrdered) &&
      (min == null || present.length >= min) &&
      (max == null || present.length <= max);
    return { kind: 'schema', ok, value: present.length };
  },
  describe: (_column, { names, match, min, max }) =>
    names
      ? `The table has ${match === 'at_least' ? 'at least' : 'exactly'} the columns ${listWords(names)}${match === 'in_order' ? ', in this order' : ''}`
      : `The table has ${[min == null ? '' : `at least ${min}`, max == null ? '' : `at most ${max}`].filter(Boolean).join(' and ')} columns`,
});
