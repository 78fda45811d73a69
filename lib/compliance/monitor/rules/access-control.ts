import { pool } from '@/lib/core';
import { refLabel } from '@/lib/governance';
import { defineMonitorRule, type MonitoredProduct, type Problem } from '../rule';

interface SuspectGrant {
  person: string;
  isDisabled: boolean;
  /** Their role in the product's domain. */
  role: string | null;
  permissions: string[];
  createdAt: Date;
  expiresAt: Date | null;
}
interface Facts {
  /** Grants in force of people who are disabled or hold no role in the domain, bounded. */
  grants: SuspectGrant[];
  /** People who were refused often within the last hour. */
  refusals: { person: string; count: number; lastAt: Date }[];
}
/** So many refusals of one person in an hour are no mistyped address any more. */
const MANY_REFUSALS = 20;

const grantRow = ({ person, permissions, createdAt, expiresAt }: SuspectGrant) => ({
  Person: person,
  Permissions: permissions.join(', '),
  Granted: createdAt.toISOString(),
  Ends: expiresAt?.toISOString() ?? 'never',
});

/** Spec, "Compliance Monitoring": real time, error. */
export const accessControl = defineMonitorRule<Facts>({
  id: 'access_control',
  title: 'Access is held by those who may have it',
  about:
    'Grants of disabled accounts, grants that reach past the domain’s mode, and people who are refused again and again',
  frequency: 'real_time',
  level: 'error',
  regulations: ['gdpr', 'ccpa'],
  load,
  judge(product, { grants, refusals }) {
    return [
      ...disabledHolders(product, grants),
      ...outsiders(product, grants),
      ...refusedOften(product, refusals),
    ];
  },
  examples: {
    pass: [
      { facts: { grants: [], refusals: [] } },
      { facts: { grants: [grant({ role: null })], refusals: [] } },
      { domain: 'finance', facts: { grants: [grant({ role: 'data_consumer' })], refusals: [] } },
      { facts: { grants: [], refusals: [refusal(MANY_REFUSALS - 1)] } },
    ],
    fail: [
      { facts: { grants: [grant({ isDisabled: true })], refusals: [] } },
      { domain: 'finance', facts: { grants: [grant({ role: null })], refusals: [] } },
      { facts: { grants: [], refusals: [refusal(MANY_REFUSALS)] } },
    ],
  },
});

function grant(change: Partial<SuspectGrant>): SuspectGrant {
  const createdAt = new Date('2025-01-01');
  const base = { person: 'p@portolan.example', isDisabled: false, role: null, expiresAt: null };
  return { ...base, permissions: ['read'], createdAt, ...change };
}

function refusal(count: number): Facts['refusals'][number] {
  return { person: 'p@portolan.example', count, lastAt: new Date('2026-01-01') };
}

function disabledHolders(product: MonitoredProduct, grants: readonly SuspectGrant[]): Problem[] {
  const held = grants.filter((one) => one.isDisabled);
  if (held.length === 0) return [];
  return [
    {
      key: 'disabled',
      title: `Disabled accounts hold grants of ${product.title}`,
      message: `${held.length === 1 ? 'A grant is' : `${held.length} grants are`} in force for accounts that are disabled. Nobody can use them now, but they would come back with the account. Revoke them.`,
      evidence: held.map(grantRow),
    },
  ];
}

function outsiders(product: MonitoredProduct, grants: readonly SuspectGrant[]): Problem[] {
  const mode = product.policy.accessMode;
  if (mode?.value !== 'strict_role_based') return [];
  const held = grants.filter((one) => one.role === null && !one.isDisabled);
  if (held.length === 0) return [];
  return [
    {
      key: 'outsiders',
      title: `Grants of ${product.title} reach past the domain’s roles`,
      message: `${product.domain} is strict_role_based (${refLabel(mode.from)}): only people with a role there may read. Give these people a role, or revoke their grants.`,
      evidence: held.map(grantRow),
    },
  ];
}

function refusedOften(product: MonitoredProduct, refusals: Facts['refusals']): Problem[] {
  return refusals
    .filter((one) => one.count >= MANY_REFUSALS)
    .map(({ person, count, lastAt }) => ({
      key: `refused:${person}`,
      title: `${person} keeps asking for ${product.title} and is refused`,
      message: `${count} reads were refused within an hour. Find out whether a program is set up wrongly or somebody tries their luck; the audit log has every one.`,
      evidence: [{ Person: person, Refused: count, Last: lastAt.toISOString() }],
    }));
}

const GRANTS = `select * from (
    select g."productId", u.email as person, u."disabledAt" is not null as "isDisabled", m.role, g.permissions,
      g."createdAt", g."expiresAt",
      row_number() over (partition by g."productId" order by u."disabledAt" is null, g."createdAt") as nth
    from "grant" g
    join product p on p.id = g."productId"
    join "user" u on u.id = g."subjectId"
    left join membership m on m."userId" = u.id and m."domainId" = p."domainId"
    where g."productId" = any($1) and g."revokedAt" is null and (g."expiresAt" is null or g."expiresAt" > $2)
      and (u."disabledAt" is not null or (m.role is null and p.id = any($3)))) x
  where nth <= 50 order by "productId", nth`;
const REFUSALS = `select "productId", max("actorLabel") as person, count(*)::int as count, max(at) as "lastAt"
  from audit_event
  where at > $2::timestamptz - interval '1 hour' and kind = 'decision' and decision = 'deny'
    and "actorType" = 'user' and "productId" = any($1)
  group by "productId", "actorId" having count(*) >= ${MANY_REFUSALS}
  order by 1, 3 desc limit 1000`;

async function load(products: readonly MonitoredProduct[], at: Date) {
  const ids = products.map((one) => one.id);
  const strict = products.filter((one) => one.policy.accessMode?.value === 'strict_role_based');
  const [grants, refusals] = await Promise.all([
    pool().query<SuspectGrant & { productId: string }>(GRANTS, [
      ids,
      at,
      strict.map((one) => one.id),
    ]),
    pool().query<Facts['refusals'][number] & { productId: string }>(REFUSALS, [ids, at]),
  ]);
  return new Map<string, Facts>(
    ids.map((id) => [
      id,
      {
        grants: grants.rows.filter((one) => one.productId === id),
        refusals: refusals.rows.filter((one) => one.productId === id),
      },
    ]),
  );
}
