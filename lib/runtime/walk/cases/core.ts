import type { Cases } from './shared';

export const core = {
  cases: {},
  parts: {
    'core/can': 'a guard',
    'core/requireCan': 'a guard',
  },
} satisfies Cases;
