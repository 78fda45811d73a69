import { accessInbox } from '@/lib/access';
import { AppError, type Ctx, can, db, now } from '@/lib/core';
import { requireSignedIn, visibleProducts } from '@/lib/governance';
import { campaignsOfOwner } from './scorecards/campaigns/queries';

export type NeedKind =
  | 'acknowledge'
  | 'question'
  | 'request'
  | 'incident'
  | 'violation'
  | 'grant'
  | 'campaign';
export interface NeedItem {
  id: string;
  kind: NeedKind;
  title: string;
  href: string;
  /** When it is due, else since when it waits. */
  at: Date;
  isDue: boolean;
}

const ROWS = 12;
const SOON_DAYS = 14;
const DAY_MS = 86_400_000;

/**
 * What waits for this person, most pressing first: changes of contracts to acknowledge, incidents and violations that
 * were given to them, questions about what they speak for, requests for access that they decide on, grants of theirs
 * that end, campaigns that want something of their products.
 */
export async function needsMe(ctx: Ctx): Promise<NeedItem[]> {
  const { actor } = ctx;
  if (actor.type !== 'user') throw new AppError('unauthenticated', 'Sign in to see your work.');
  requireSignedIn(ctx, ['catalog:read']);
  const visible = await visibleProducts(ctx);
  const at = now();
  const soon = new Date(at.getTime() + SOON_DAYS * DAY_MS);
  const led = actor.memberships
    .filter(({ domainId }) => can(ctx, 'community.represent', { domainId }))
    .map(({ domainId }) => domainId);
  const asked = accessInbox(ctx);
  const campaigns = campaignsOfOwner(actor.id, visible, ROWS);
  const found = await db().$queryRaw<(NeedItem & { press: number })[]>`
    with need as (
      select v.id, 'acknowledge' as kind, v."productId", 'version ' || v.version as what, '/versions' as tab,
        v."createdAt" + make_interval(days => v."windowDays") as at, true as "isDue", 1 as press
      from contract_acknowledgement a join contract_version v on v.id = a."versionId" and v.status = 'proposed'
      where a."userId" = ${actor.id} and a."acknowledgedAt" is null
      union all
      select i.id, 'incident', i."productId", i."ruleName", '/quality/incidents/' || i.id, i."openedAt", false, 2
      from quality_incident i where i."assigneeId" = ${actor.id} and i.status = 'open'
      union all
      select v.id, 'violation', v."productId", v.title, null, v."firstSeenAt", false, 2
      from violation v where v."assigneeId" = ${actor.id} and v.status = 'open' and v."productId" is not null
      union all
      select q.id, 'question', q."productId", left(q.text, 120), '/community', q."createdAt", false, 3
      from question q join product o on o.id = q."productId"
      where q."closedAt" is null and q."hiddenAt" is null and q."acceptedId" is null and q."authorId" <> ${actor.id}
        and (o."ownerId" = ${actor.id} or o."domainId" = any(${led}::text[])) and o.status <> 'retired'
        and not exists (select from answer a where a."questionId" = q.id and a."isFromOwner")
      union all
      select g.id, 'grant', g."productId", '', '/access', g."expiresAt", true, 4
      from "grant" g where g."subjectId" = ${actor.id} and g."revokedAt" is null
        and g."expiresAt" > ${at} and g."expiresAt" <= ${soon})
    select n.id, n.kind, n.at, n."isDue", n.press,
      p.title || case when n.what = '' then '' else ': ' || n.what end as title,
      case when n.tab is null then '/governance/violations/' || n.id
        else '/products/' || d.name || '/' || p.name || n.tab end as href
    from need n join product p on p.id = n."productId" join domain d on d.id = p."domainId"
    where ${visible} order by n.press, n.at, n.id limit ${ROWS}`;
  const requests = (await asked).items.map(
    ({ id, requester, product, createdAt }): NeedItem & { press: number } => ({
      ...{ id, kind: 'request', title: `${product.title}: ${requester.name} asks for access` },
      ...{ href: `/access/requests/${id}`, at: new Date(createdAt), isDue: false, press: 3 },
    }),
  );
  const wanted = (await campaigns).map(
    ({ id, title, deadline, products }): NeedItem & { press: number } => ({
      ...{ id, kind: 'campaign', title: `${title}: ${products} of your products` },
      ...{ href: `/insight/campaigns/${id}?mine=yes`, at: deadline, isDue: true, press: 4 },
    }),
  );
  return [...found, ...requests, ...wanted]
    .sort((a, b) => a.press - b.press || a.at.getTime() - b.at.getTime())
    .slice(0, ROWS)
    .map(({ press: _, ...need }) => need);
}
