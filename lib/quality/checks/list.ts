import { z } from 'zod';
import type { Dimension } from './define-check';
import { type AnyCheck, CHECKS, type CheckName } from './registry';

export const CHECK_NAMES = Object.keys(CHECKS) as [CheckName, ...CheckName[]];

export interface CheckInfo {
  id: CheckName;
  title: string;
  dimension: Dimension;
  needsColumn: boolean;
  /** JSON Schema of its settings. */
  settings: unknown;
}

/** Every check with the schema of its settings, for forms and for people. */
export const listChecks = (): CheckInfo[] =>
  CHECK_NAMES.map((id) => {
    const check: AnyCheck = CHECKS[id];
    const { title, dimension, needsColumn, config } = check;
    return { id, title, dimension, needsColumn, settings: z.toJSONSchema(config, { io: 'input' }) };
  });
