import type { Findings } from '../../findings';
import type { Group } from '../../shape';
import type { OdcsVersion } from '../versions';
import { lintColumns } from './columns';
import { lintDuplicates } from './duplicates';
import { lintPromises } from './promises';
import { lintRelationships, lintSlaElements } from './references';
import { lintRules } from './rules';

/** What a contract's shape does not show: whether it contradicts itself. */
export function lintContract(contract: Group, version: OdcsVersion, out: Findings): void {
  lintDuplicates(contract, out);
  lintRelationships(contract, version, out);
  lintSlaElements(contract, out);
  lintColumns(contract, out);
  lintRules(contract, version, out);
  lintPromises(contract, version, out);
}
