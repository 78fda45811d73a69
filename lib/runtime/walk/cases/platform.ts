import { type Cases, none } from './shared';

export const platform = {
  cases: {
    'platform/platformOverview': none,
  },
  open: {
    'platform/platformOverview': 'what the platform offers to who makes a product',
  },
} satisfies Cases;
