import { pool } from '@/lib/core';
import { defineMonitorRule, type MonitoredProduct } from '../rule';

interface Facts {
  owner: string;
  isDisabled: boolean;
  /** The owner's role in the product's domain. */
  role: string | null;
  isPlatformAdmin: boolean;
}

export const ownership = defineMonitorRule<Facts>({
  id: 'ownership',
  title: 'Somebody who is there answers for the product',
  about: 'Owners whose account is disabled, or who left the product’s domain',
  frequency: 'hourly',
  level: 'error',
  regulations: [],
  load,
  judge(product, { owner, isDisabled, role, isPlatformAdmin }) {
    if (!isDisabled && (role !== null || isPlatformAdmin)) return [];
    const why = isDisabled
      ? 'The account is disabled.'
      : `The owner holds no role in ${product.domain} any more.`;
    return [
      {
        key: 'owner',
        title: `Nobody answers for ${product.title}`,
        message: `${why} A data admin of ${product.domain} names another owner, or gives ${owner} a role there.`,
        evidence: [
          { Owner: owner, Account: isDisabled ? 'disabled' : 'active', Role: role ?? 'none' },
        ],
      },
    ];
  },
  examples: {
    pass: [{ facts: owner({}) }, { facts: owner({ role: null, isPlatformAdmin: true }) }],
    fail: [{ facts: owner({ isDisabled: true }) }, { facts: owner({ role: null }) }],
  },
});

function owner(change: Partial<Facts>): Facts {
  const base = { owner: 'p@portolan.example', isDisabled: false, isPlatformAdmin: false };
  return { ...base, role: 'data_producer', ...change };
}

const OWNERS = `select p.id as "productId", u.email as owner, u."disabledAt" is not null as "isDisabled", m.role,
    'platform_admin' = any(u."platformRoles") as "isPlatformAdmin"
  from product p join "user" u on u.id = p."ownerId"
  left join membership m on m."userId" = u.id and m."domainId" = p."domainId"
  where p.id = any($1)`;

async function load(products: readonly MonitoredProduct[]) {
  const ids = products.map((one) => one.id);
  const { rows } = await pool().query<Facts & { productId: string }>(OWNERS, [ids]);
  return new Map<string, Facts>(rows.map(({ productId, ...facts }) => [productId, facts]));
}
