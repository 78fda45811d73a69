import { z } from 'zod';
import { defineCheck, isNumeric, isOneOf, listWords, scalar, textOf } from './define-check';

const numericMode = (value: string, type: Parameters<typeof isNumeric>[0]) =>
  isNumeric(type) ? `cast(${value} as double)` : value;

/** The set of values that occur, or the value that occurs most. */
export const distinctValues = defineCheck({
  title: 'Values that occur',
  dimension: 'consistency',
  needsColumn: true,
  config: z.looseObject({
    values: z.array(scalar).max(1000),
    /** All that occur are in the list; each of the list occurs; both; the most common one is in the list. */
    relation: z.enum(['within', 'contains', 'equals', 'most_common']).default('equals'),
    /** Whether several values may be the most common ones together. */
    isTieGood: z.boolean().default(false),
  }),
  compile: ({ column, type, config }) => {
    const { values, relation, isTieGood } = config;
    const outside = `count(*) filter (where ${column} is not null and not (${isOneOf(column, type, values)}))`;
    const inside = `count(distinct ${column}) filter (where ${isOneOf(column, type, values)})`;
    const wanted = new Set(values.map(String)).size;
    const modes = `histogram(${textOf(column, type)})`;
    const top = `map_keys(map_from_entries(list_filter(map_entries(${modes}), lambda e: e.value = list_max(map_values(${modes})))))`;
    const ok = {
      within: `${outside} = 0`,
      contains: `${inside} = ${wanted}`,
      equals: `${outside} = 0 and ${inside} = ${wanted}`,
      most_common: `coalesce(len(list_filter(${top}, lambda v: not (${isOneOf(numericMode('v', type), type, values)}))) = 0${isTieGood ? '' : ` and len(${top}) = 1`}, false)`,
    }[relation];
    return { kind: 'value', value: `count(distinct ${column})`, ok };
  },
  describe: (column, { relation, values }) =>
    ({
      within: `Only ${listWords(values)} occur in ${column}`,
      contains: `Each of ${listWords(values)} occurs in ${column}`,
      equals: `Exactly ${listWords(values)} occur in ${column}`,
      most_common: `The most common ${column} is ${listWords(values)}`,
    })[relation],
});
