import { ROW } from '../checks/define-check';
import type { CompiledRule } from '../compile';

/** Aggregates that stand in a SELECT over the rows, named by the rule they belong to. */
export interface Part {
  at: number;
  columns: Record<string, string>;
}

const both = (...conditions: (string | null)[]) => {
  const given = conditions.filter((one): one is string => one !== null && one !== 'true');
  return given.length === 0 ? null : given.map((one) => `(${one})`).join(' and ');
};
const counted = (condition: string | null) =>
  condition === null ? 'count(*)' : `count(*) filter (where ${condition})`;

/** What the shared scan computes for a rule; null when the rule needs a scan of its own. */
export function sharedPart({ compiled, where }: CompiledRule, at: number): Part | null {
  switch (compiled.kind) {
    case 'rows':
      if (compiled.isAlone) return null;
      return { at, columns: rowColumns(compiled.bad, compiled.looked, where) };
    case 'unique': {
      const looked = both(compiled.looked, where);
      const key = keyOf(compiled.columns);
      const filter = looked ? ` filter (where ${looked})` : '';
      return {
        at,
        columns: { checked: counted(looked), distinct: `count(distinct ${key})${filter}` },
      };
    }
    case 'value':
      if (where !== null) return null;
      return {
        at,
        columns: {
          value: `try_cast(${compiled.value} as double)`,
          ...(compiled.ok && { ok: `cast(${compiled.ok} as int)` }),
        },
      };
    default:
      return null;
  }
}

const keyOf = (columns: readonly string[]) =>
  columns.length === 1 ? columns[0]! : `row(${columns.join(', ')})`;

const rowColumns = (bad: string, looked: string, where: string | null) => ({
  failing: counted(both(looked, where, bad)),
  checked: counted(both(looked, where)),
});

/** A statement of its own for a rule that cannot share: windows, subqueries, filtered figures, shares. */
export function ownStatement({ compiled, where }: CompiledRule, relation: string): string | null {
  const source = where ? `(select * from ${relation} where ${where})` : relation;
  switch (compiled.kind) {
    case 'rows': {
      const inner = `select (${compiled.bad}) as bad, (${compiled.looked}) as looked from ${numbered(source)}`;
      return `select count(*) filter (where looked and bad) as failing, count(*) filter (where looked) as checked from (${inner})`;
    }
    case 'value':
      return `select try_cast(${compiled.value} as double) as value${compiled.ok ? `, cast(${compiled.ok} as int) as ok` : ''} from ${source}`;
    case 'shares':
      return `select cast(${compiled.column} as varchar) as v, count(*) as n from ${source} where ${compiled.looked} group by 1 order by 2 desc limit 10000`;
    default:
      return null;
  }
}

/** How many rows share their value with another, and how many such values there are: one grouping pass. */
export function groupStatement({ compiled, where }: CompiledRule, relation: string): string | null {
  if (compiled.kind !== 'unique') return null;
  const condition = both(compiled.looked, where);
  return `select coalesce(sum(n), 0) as "rows", count(*) as "values" from (select count(*) as n from ${relation}${
    condition ? ` where ${condition}` : ''
  } group by ${compiled.columns.join(', ')} having count(*) > 1)`;
}

/** The rows with their numbers, in the order of the files. */
export const numbered = (relation: string) =>
  `(select *, row_number() over () as ${ROW} from ${relation})`;

/**
 * True for the rows that break a rule, over `numbered(…)`; null when the rule is not about single rows. Of rows that
 * repeat, the first one stays unless all of them are asked for.
 */
export function badRows({ compiled, where }: CompiledRule, all = false): string | null {
  if (compiled.kind === 'rows') return both(compiled.looked, where, compiled.bad);
  if (compiled.kind !== 'unique') return null;
  const keys = compiled.columns.join(', ');
  const looked = both(compiled.looked, where) ?? 'true';
  const group = `partition by ${keys}, ${looked}`;
  const repeats = all
    ? `count(*) over (${group}) > 1`
    : `row_number() over (${group} order by ${ROW}) > 1`;
  return `(${looked}) and ${repeats}`;
}
