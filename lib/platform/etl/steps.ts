import { quoteIdent } from '@/lib/specs';
import type { EtlStep } from './spec';

/** The number of a row, which conditions of steps may use. */
export const ROW_COLUMN = '__portolan_row';

/** One SELECT over `data` that runs all steps, for the sandbox. */
export function stepsSql(
  steps: readonly Pick<EtlStep, 'column' | 'expression' | 'when'>[],
): string {
  const parts = steps.map(({ column, expression, when }, at) => {
    const name = quoteIdent(column);
    const before = at === 0 ? 'data' : `step_${at}`;
    return `step_${at + 1} as (select * exclude (${ROW_COLUMN}) replace (case when __bad then (${expression}\n) else ${name} end as ${name}) from (
      select *, (${when}) as __bad from (select *, row_number() over () as ${ROW_COLUMN} from ${before})))`;
  });
  const selected = parts.map((part) => part.replace('exclude (', 'exclude (__bad, '));
  return `with ${selected.join(', ')} select * from step_${steps.length}`;
}
