import type { MonitorRule } from './rule';
import { accessControl } from './rules/access-control';
import { classificationDrift } from './rules/classification-drift';
import { dataQuality } from './rules/data-quality';
import { dataRetention } from './rules/data-retention';
import { encryption } from './rules/encryption';
import { ownership } from './rules/ownership';
import { validation } from './rules/validation';

/** A new rule is one file and one line here. */
export const MONITOR_RULES: readonly MonitorRule[] = [
  dataRetention,
  accessControl,
  dataQuality,
  encryption,
  classificationDrift,
  ownership,
  validation,
];

export const monitorRule = (id: string): MonitorRule | undefined =>
  MONITOR_RULES.find((rule) => rule.id === id);
