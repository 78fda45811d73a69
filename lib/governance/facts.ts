import { now, pool } from '@/lib/core';

export interface GrantFact {
  id: string;
  permissions: string[];
  purpose: string;
  expiresAt: Date | null;
}
/** What the database says about one person and one product when a decision is made. */
export interface Facts {
  isDisabled: boolean;
  isSteward: boolean;
  hasPersonalData: boolean;
  grant: GrantFact | null;
}
interface LoadedFacts extends Facts {
  /** Whom to ask for access. */
  ownerEmail: string | null;
}
interface Row extends Omit<LoadedFacts, 'grant'> {
  ordinal: number;
  id: string | null;
  permissions: string[];
  purpose: string;
  expiresAt: Date | null;
}
interface Waiting {
  userId: string;
  productId: string;
  resolve: (facts: LoadedFacts) => void;
  reject: (error: unknown) => void;
}

const MAX_BATCH = 200;
const UNKNOWN: LoadedFacts = {
  isDisabled: true,
  isSteward: false,
  hasPersonalData: true,
  grant: null,
  ownerEmail: null,
};
const FACTS = `select a.ordinal::int as ordinal, u."disabledAt" is not null as "isDisabled",
    'steward' = any(u."platformRoles") as "isSteward",
    coalesce(jsonb_path_exists(p.descriptor, '$.spec.schema.**.pii ? (@ == true)'), false) as "hasPersonalData",
    o.email as "ownerEmail", g.id, g.permissions, g.purpose, g."expiresAt"
  from unnest($1::text[], $2::text[]) with ordinality as a("userId", "productId", ordinal)
  join "user" u on u.id = a."userId"
  left join product p on p.id = a."productId"
  left join "user" o on o.id = p."ownerId"
  left join lateral (select * from "grant" where "productId" = a."productId" and "subjectId" = u.id
    and "revokedAt" is null and ("expiresAt" is null or "expiresAt" > $3)
    order by "createdAt" desc limit 1) g on true`;

const store = globalThis as { __portolanFacts?: Waiting[] };

/**
 * The facts of one decision. Callers of the same turn share one prepared statement: under load the way to
 * the database would cost more than the decision. Somebody unknown counts as disabled.
 */
export function loadFacts(userId: string, productId: string): Promise<LoadedFacts> {
  return new Promise((resolve, reject) => {
    const waiting = { userId, productId, resolve, reject };
    if (store.__portolanFacts) {
      store.__portolanFacts.push(waiting);
      return;
    }
    store.__portolanFacts = [waiting];
    setImmediate(flush);
  });
}

function flush(): void {
  const all = store.__portolanFacts ?? [];
  store.__portolanFacts = undefined;
  for (let at = 0; at < all.length; at += MAX_BATCH) void answer(all.slice(at, at + MAX_BATCH));
}

async function answer(batch: Waiting[]): Promise<void> {
  try {
    const { rows } = await pool().query<Row>({
      name: 'decision_facts',
      text: FACTS,
      values: [batch.map((one) => one.userId), batch.map((one) => one.productId), now()],
    });
    const found = new Map(rows.map((row) => [row.ordinal, row]));
    batch.forEach((one, index) => {
      const row = found.get(index + 1);
      one.resolve(row ? factsOf(row) : UNKNOWN);
    });
  } catch (error) {
    for (const one of batch) one.reject(error);
  }
}

function factsOf({
  isDisabled,
  isSteward,
  hasPersonalData,
  ownerEmail,
  ...grant
}: Row): LoadedFacts {
  const { id, permissions, purpose, expiresAt } = grant;
  return {
    isDisabled,
    isSteward,
    hasPersonalData,
    ownerEmail,
    grant: id === null ? null : { id, permissions, purpose, expiresAt },
  };
}
