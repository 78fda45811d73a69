import { now, pool } from '@/lib/core';
import type { GrantTerms, HeldTerms } from '@/lib/specs';

export interface GrantFact {
  id: string;
  permissions: string[];
  purpose: string;
  expiresAt: Date | null;
  /** Null: all columns and rows as they are. */
  terms: HeldTerms | null;
}
/** What the database says about one person and one product when a decision is made. */
export interface Facts {
  isDisabled: boolean;
  isSteward: boolean;
  hasPersonalData: boolean;
  /** By which the person may act here, the widest first: their own, their teams', and those of the product that reads. */
  grants: GrantFact[];
}
interface LoadedFacts extends Facts {
  /** Whom to ask for access. */
  ownerEmail: string | null;
}
interface Row extends Omit<LoadedFacts, 'grants'> {
  ordinal: number;
  grants: StoredGrant[] | null;
}
interface StoredGrant extends Omit<GrantFact, 'expiresAt' | 'terms'> {
  expiresAt: string | null;
  terms: GrantTerms | null;
  holder: string;
}
interface Waiting {
  userId: string;
  productId: string;
  readerId: string | null;
  resolve: (facts: LoadedFacts) => void;
  reject: (error: unknown) => void;
}

const MAX_BATCH = 200;
const UNKNOWN: LoadedFacts = {
  isDisabled: true,
  isSteward: false,
  hasPersonalData: true,
  grants: [],
  ownerEmail: null,
};
const FACTS = `select a.ordinal::int as ordinal, u."disabledAt" is not null as "isDisabled",
    'steward' = any(u."platformRoles") as "isSteward",
    coalesce(jsonb_path_exists(p.descriptor, '$.spec.schema.**.pii ? (@ == true)'), false) as "hasPersonalData",
    o.email as "ownerEmail", g.grants
  from unnest($1::text[], $2::text[], $4::text[]) with ordinality as a("userId", "productId", "readerId", ordinal)
  join "user" u on u.id = a."userId"
  left join product p on p.id = a."productId"
  left join "user" o on o.id = p."ownerId"
  left join lateral (select jsonb_agg(jsonb_build_object('id', h.id, 'permissions', h.permissions, 'purpose', h.purpose,
      'expiresAt', h."expiresAt", 'terms', h.terms, 'holder', p."domainId" || ' ' || coalesce(h."readerId", h."teamId", h."subjectId"))
      order by h.terms is not null, h."teamId" is not null, h."createdAt" desc) as grants
    from (select * from "grant" where "productId" = a."productId" and "subjectId" = u.id
        and "teamId" is null and "readerId" is null and "revokedAt" is null and ("expiresAt" is null or "expiresAt" > $3)
      union all
      select t.* from membership m join domain d on d.id = m."domainId" and d."archivedAt" is null
        join "grant" t on t."teamId" = m."domainId" and t."productId" = a."productId"
        where m."userId" = u.id and t."revokedAt" is null and (t."expiresAt" is null or t."expiresAt" > $3)
      union all
      select * from "grant" where "readerId" = a."readerId" and "productId" = a."productId"
        and "revokedAt" is null and ("expiresAt" is null or "expiresAt" > $3)) h) g on true`;

const store = globalThis as { __portolanFacts?: Waiting[] };

/**
 * The facts of one decision. Callers of the same turn share one prepared statement: under load the way to
 * the database would cost more than the decision. Somebody unknown counts as disabled.
 */
export function loadFacts(
  userId: string,
  productId: string,
  readerId: string | null = null,
): Promise<LoadedFacts> {
  return new Promise((resolve, reject) => {
    const waiting = { userId, productId, readerId, resolve, reject };
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
      values: [
        batch.map((one) => one.userId),
        batch.map((one) => one.productId),
        now(),
        batch.map((one) => one.readerId),
      ],
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

function factsOf({ ordinal: _, grants, ...facts }: Row): LoadedFacts {
  return { ...facts, grants: (grants ?? []).map(grantFact) };
}

export function grantFact({ holder, expiresAt, terms, ...grant }: StoredGrant): GrantFact {
  return {
    ...grant,
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    terms: terms && { ...terms, grantId: grant.id, holder },
  };
}
