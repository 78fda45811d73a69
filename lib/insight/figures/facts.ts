import { Prisma } from '@/lib/core';
import type { Metric, Window } from '../metrics/metric';
import type { Period } from './period';
import { type FoundScope, hiddenIds, MOST_HIDDEN } from './scope';

/** Does a figure rest on all facts up to a moment, or on those of its own time? */
export const isRunning = ({ fold }: Pick<Metric, 'fold'>) => fold === 'level' || fold === 'share';

/** What facts are asked of: one window where the period that it is compared with comes just before, else each. */
export function windowsOf(metric: Pick<Metric, 'fold'>, period: Period): Window[] {
  const { from, to, previousFrom, previousTo } = period;
  const isOne = previousTo.getTime() === from.getTime();
  if (isOne || isRunning(metric) || metric.fold === 'state') return [{ from: previousFrom, to }];
  return [
    { from, to },
    { from: previousFrom, to: previousTo },
  ];
}

export function together([first, ...others]: Prisma.Sql[]): Prisma.Sql {
  if (others.length === 0) return first!;
  const all = [first!, ...others].map((facts) => Prisma.sql`select * from (${facts}) side`);
  return Prisma.join(all, ' union all ');
}

/** The facts of a period and of the one that it is compared with; what is running has them from the beginning on. */
export const factsOf = (
  metric: Pick<Metric, 'fold' | 'sql'>,
  period: Period,
  within?: Prisma.Sql,
): Prisma.Sql =>
  together(windowsOf(metric, period).map((window) => metric.sql({ ...window, within })));

/** Whether a fact is of the period or of the one that it is compared with. */
export const sideOf = ({ from, previousTo }: Period): Prisma.Sql =>
  Prisma.sql`case when f.at >= ${from} then true when f.at < ${previousTo} then false end`;

/** Columns that only some facts have, as kept facts by domain say them and as facts of products do. */
interface Also {
  ofDomains: Prisma.Sql;
  ofProducts: Prisma.Sql;
}
export const also = (column: string, ofProducts = column): Also => ({
  ofDomains: Prisma.raw(`, ${column}`),
  ofProducts: Prisma.raw(`, ${ofProducts}`),
});

const SUMS = Prisma.sql`f.num, f.den, f.n`;
const NEGATIVE = Prisma.sql`0 - f.num as num, 0 - f.den as den, 0 - f.n as n`;

/**
 * The facts, each with its period, bucket and part. Of whole domains, what they add up to is taken where it is kept, less the
 * facts of products that the viewer may not find; people cannot be taken away: `byDomain` is of what they may find already.
 */
export function placed(
  metric: Pick<Metric, 'fold' | 'sql' | 'isOfPortal'>,
  scope: FoundScope,
  period: Period,
  { byDomain, more }: { byDomain?: Prisma.Sql | undefined; more?: Also | undefined } = {},
): Prisma.Sql {
  const place = Prisma.sql`${sideOf(period)} as "isCurrent", date_trunc(${period.bucket}, f.at, 'UTC') as bucket`;
  const parts = { domain: 'p."domainId"', product: 'p.id', none: 'null::text' };
  const part = Prisma.raw(parts[scope.parts ?? 'none']);
  const among = (where: Prisma.Sql) =>
    Prisma.sql`join product p on p.id = f."productId" where ${where}`;
  const ofProducts = (of: Prisma.Sql, within = scope.within, sums = SUMS) => Prisma.sql`
    select ${sums}, ${place}, ${part} as part ${more?.ofProducts ?? Prisma.empty}
    from (${factsOf(metric, period, within)}) f ${of}`;
  // Facts of the portal as a whole are everybody's.
  if (metric.isOfPortal) return ofProducts(Prisma.empty);
  if (!byDomain)
    return ofProducts(
      isAnyOfMesh(scope) ? Prisma.sql`where ${notHidden(scope)}` : among(scope.where),
    );
  const domain = Prisma.raw(scope.parts ? 'f."domainId"' : 'null::text');
  const ofDomains = Prisma.sql`
    select ${SUMS}, ${place}, ${domain} as part ${more?.ofDomains ?? Prisma.empty} from (${byDomain}) f
    where ${scope.domainId ? Prisma.sql`f."domainId" = ${scope.domainId}` : Prisma.sql`true`}`;
  const hidden = hiddenIds(scope);
  if (hidden.length === 0 || metric.fold === 'people') return ofDomains;
  const rest = ofProducts(
    among(Prisma.sql`f."productId" = any(${hidden}::text[])`),
    Prisma.sql`p.id = any(${hidden}::text[])`,
    NEGATIVE,
  );
  return Prisma.sql`${ofDomains} union all ${rest}`;
}

/** Can what is kept by domain answer for this scope? */
export const isByDomain = ({ parts, hidden }: FoundScope): boolean =>
  hidden !== null && parts !== 'product' && hidden.length <= MOST_HIDDEN;

/** All domains together. */
export const isWholeMesh = ({ domainId, parts, hidden }: FoundScope): boolean =>
  domainId === null && parts === null && hidden !== null;

/** Can facts `f` of it be told without asking for their products? */
const isAnyOfMesh = (scope: FoundScope): boolean => isWholeMesh(scope) && isByDomain(scope);
/** Of all facts of products, those that are not of one that may not be found. */
const notHidden = (scope: FoundScope): Prisma.Sql =>
  Prisma.sql`f."productId" is not null and f."productId" <> all(${[...(scope.notFound ?? [])]}::text[])`;

/**
 * Whether facts `f` are of it, where they are read by an index for each of many questions: looked up in a set that is made
 * once, not by a join for each.
 */
export const isOf = (scope: FoundScope): Prisma.Sql =>
  isAnyOfMesh(scope)
    ? notHidden(scope)
    : Prisma.sql`(f."productId" in (select p.id from product p where ${scope.where})) is true`;
