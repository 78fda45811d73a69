import type { Suites } from '@/lib/provisioning';
import { integrationSuite } from './integration';
import { performanceSuite } from './performance';
import { qualitySuite } from './quality';
import { unitSuite } from './unit';

export const suites: Suites = {
  unit: unitSuite,
  integration: integrationSuite,
  quality: qualitySuite,
  performance: performanceSuite,
};
