import type { DomainRole, PlatformRole } from '@/lib/core';

/** Shown on the sign-in page in demo mode only. */
export const DEMO_PASSWORD = 'portolan-demo';

export const DOMAINS = [
  { name: 'sales', title: 'Sales', description: 'Customers, orders and the markets we sell to.' },
  {
    name: 'marketing',
    title: 'Marketing',
    description: 'Campaigns, audiences and how they respond.',
  },
  {
    name: 'finance',
    title: 'Finance',
    description: 'Money in, money out, and the markets around us.',
  },
  {
    name: 'operations',
    title: 'Operations',
    description: 'Flights, airports and what happens on the way.',
  },
  { name: 'hr', title: 'Human resources', description: 'Work, jobs and the people who do them.' },
  { name: 'legal', title: 'Legal', description: 'Public records, contributions and obligations.' },
] as const;
export type DemoDomain = (typeof DOMAINS)[number]['name'];

interface DemoPerson {
  email: string;
  name: string;
  /** What the sign-in page says about the account. */
  role: string;
  platformRoles: PlatformRole[];
  memberships: Partial<Record<DemoDomain, DomainRole>>;
}

/** Synthetic accounts, one for each role of the portal. */
export const PEOPLE: DemoPerson[] = [
  {
    email: 'admin@portolan.example',
    name: 'Ada Harbour',
    role: 'Platform admin',
    platformRoles: ['platform_admin'],
    memberships: {},
  },
  {
    email: 'steward@portolan.example',
    name: 'Stella Compass',
    role: 'Steward (governance)',
    platformRoles: ['steward'],
    memberships: {},
  },
  {
    email: 'data-admin@portolan.example',
    name: 'Dana Anchor',
    role: 'Data admin of every domain',
    platformRoles: [],
    memberships: {
      sales: 'data_admin',
      marketing: 'data_admin',
      finance: 'data_admin',
      operations: 'data_admin',
      hr: 'data_admin',
      legal: 'data_admin',
    },
  },
  {
    email: 'producer@portolan.example',
    name: 'Petra Chart',
    role: 'Producer in operations, marketing and sales',
    platformRoles: [],
    memberships: {
      operations: 'data_producer',
      marketing: 'data_producer',
      sales: 'data_producer',
    },
  },
  {
    email: 'consumer@portolan.example',
    name: 'Conny Tide',
    role: 'Consumer in marketing',
    platformRoles: [],
    memberships: { marketing: 'data_consumer' },
  },
];
