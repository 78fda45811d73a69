import { type DataProduct, type ProductSpec, priceSchema } from '@/lib/specs';
import { bumpOf, bySeverity, type ContractChange, type ContractDiff } from './change';
import { kindOf, same } from './compare';
import { fieldChanges } from './fields';
import {
  accessChanges,
  classificationChanges,
  portChanges,
  qualityChanges,
  sloChanges,
} from './promises';
import { renameHints } from './renames';

/** Parts whose words bind whoever reads: a change of them has to be agreed to. */
const TERMS = new Set(['terms', 'license', 'licence', 'pricing', 'price', 'limitations', 'usage']);
/** How the rows are made, not what is promised of them. */
const MAKING = new Set(['source', 'processing']);
/** Compared by a function of their own, or no part of the contract (the version is what the diff demands). */
const APART = new Set([
  'version',
  'schema',
  'slo',
  'quality',
  'outputPorts',
  'access',
  'classification',
]);

/**
 * What changes from one contract to another, what each change means to consumers, and what it demands of the
 * version. Pure. A stream's schema binds whoever sends events too, so there a demand on them is breaking as well.
 */
export function diffContracts(before: DataProduct, after: DataProduct): ContractDiff {
  const [old, now] = [before.spec, after.spec];
  const isStream = [old, now].some((spec) => spec.source?.type === 'stream');
  const direction = isStream ? 'both' : 'output';
  const changes = bySeverity([
    ...fieldChanges(old.schema, now.schema, { path: 'schema', direction }),
    ...classificationChanges(old.classification, now.classification),
    ...qualityChanges(old.quality, now.quality),
    ...sloChanges(old.slo, now.slo),
    ...portChanges(old.outputPorts, now.outputPorts),
    ...accessChanges(old.access, now.access),
    ...otherChanges(old, now),
  ]);
  return { changes, renames: renameHints(old.schema, now.schema), bump: bumpOf(changes) };
}

function otherChanges(before: ProductSpec, after: ProductSpec): ContractChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => !APART.has(key) && !same(before[key], after[key]))
    .map((key) => {
      const [old, now] = [before[key], after[key]];
      return {
        path: key,
        kind: kindOf(old, now),
        before: old,
        after: now,
        ...verdict(key, old, now),
      };
    });
}

type Verdict = Pick<ContractChange, 'compatibility' | 'message'>;

function verdict(key: string, before: unknown, after: unknown): Verdict {
  if (key === 'price') return priceVerdict(before, after);
  if (TERMS.has(key)) {
    if (before === undefined) {
      const message = `"${key}" is written down for the first time.`;
      return { compatibility: 'documentation', message };
    }
    const message = `"${key}" is written anew: consumers have to agree to it.`;
    return { compatibility: 'breaking', message };
  }
  if (MAKING.has(key)) {
    const message = `"${key}" changes how the rows are made; what is promised of them stands in the schema.`;
    return { compatibility: 'compatible', message };
  }
  return { compatibility: 'documentation', message: `"${key}" is written anew.` };
}

/** Whoever reads has to agree to pay more, or otherwise; not to pay less. */
function priceVerdict(before: unknown, after: unknown): Verdict {
  const [old, now] = [priceSchema.safeParse(before).data, priceSchema.safeParse(after).data];
  const isFree = after === undefined || now?.amount === 0;
  const isSameKind = old && now && old.currency === now.currency && old.unit === now.unit;
  if (isFree || (isSameKind && now.amount <= old.amount)) {
    return { compatibility: 'documentation', message: 'It costs no more than before.' };
  }
  return {
    compatibility: 'breaking',
    message: 'It costs more, or is paid otherwise: consumers have to agree to it.',
  };
}
