import { AppError, db, notFound } from '@/lib/core';
import { badParameter, shown } from './bad-parameter';
import { snapshotOfToken } from './page-token';
import {
  contractColumns,
  type ServedEnvironment,
  type ServedProduct,
  servedSnapshot,
} from './resolve';

/** Which rows a request is about: of which version and environment, as of when, and the page it goes on with. */
export interface Wanted {
  version: string | undefined;
  environment: ServedEnvironment;
  asOf: string | null;
  page: string | null;
}

/** @throws AppError invalid when the environment is none, or has no versions */
export function wantedOf(raw: string): Wanted {
  const parameters = new URLSearchParams(raw.slice(0, 20_000));
  const environment = parameters.get('environment') ?? 'production';
  if (environment !== 'production' && environment !== 'staging') {
    throw badParameter(
      'environment',
      `environment takes production or staging, not "${shown(environment)}". To filter a column of that name, write col.environment.`,
    );
  }
  const version = parameters.get('version') ?? undefined;
  if (version !== undefined && environment === 'staging') {
    throw badParameter('version', 'Staging holds one candidate. Leave version or environment out.');
  }
  return { version, environment, asOf: parameters.get('asOf'), page: parameters.get('page') };
}

/**
 * The product with the snapshot that is asked for in place of the served one, and the columns it was written with.
 * Everything of one answer, and every page after the first, comes from that snapshot.
 * @throws AppError not_found | gone (its files are removed) | invalid
 */
export async function selectSnapshot(
  product: ServedProduct,
  wanted: Omit<Wanted, 'version'>,
): Promise<ServedProduct> {
  const { asOf, page } = wanted;
  const isStaging = wanted.environment === 'staging';
  const environment = isStaging ? 'staging' : product.environment;
  const current = isStaging ? product.staged : product.snapshot;
  if (isStaging && !current) {
    throw notFound(`Rows of ${product.domain}/${product.name} in staging`);
  }
  const paged = page === null ? null : snapshotOfToken(page);
  if (paged && paged !== current?.id) {
    return withSnapshot(product, await pageSnapshot(product, isStaging, paged));
  }
  if (asOf !== null && paged === null) {
    return withSnapshot(product, await snapshotAsOf(product, environment, asOf));
  }
  if (!isStaging || !current) return product;
  return withSnapshot(
    product,
    await db().snapshot.findUniqueOrThrow({ where: { id: current.id } }),
  );
}

type Row = Awaited<ReturnType<typeof findSnapshot>> & {};

const findSnapshot = (where: object) =>
  db().snapshot.findFirst({ where, orderBy: [{ createdAt: 'desc' }, { number: 'desc' }] });

const withSnapshot = (product: ServedProduct, row: Row): ServedProduct => ({
  ...product,
  snapshot: servedSnapshot(row),
  columns: contractColumns(product.descriptor, row.schema),
  // An earlier snapshot was written by the contract of its time.
  version: row.version ?? product.version,
});

/** Whoever began on a snapshot ends on it, though it may be an older version's by now. */
async function pageSnapshot(product: ServedProduct, isStaging: boolean, id: string): Promise<Row> {
  const environment = isStaging ? 'staging' : { not: 'staging' };
  const found = await findSnapshot({ id, productId: product.id, environment, status: 'ready' });
  if (found) return found;
  throw new AppError(
    'gone',
    `The snapshot that this page belongs to was replaced by snapshot ${product.snapshot?.number}. Begin again without page.`,
    { parameter: 'page' },
  );
}

/** `asOf=12` is snapshot 12; a time means what was served then, in staging the newest that had been written by then. */
async function snapshotAsOf(
  product: ServedProduct,
  environment: string,
  asOf: string,
): Promise<Row> {
  const where = { productId: product.id, environment, status: { not: 'building' } };
  const moment = momentOf(asOf);
  const found =
    moment instanceof Date
      ? await (environment === 'staging'
          ? findSnapshot({ ...where, createdAt: { lte: moment } })
          : servedAt(product.id, environment, moment))
      : await findSnapshot({ ...where, number: moment });
  if (!found) {
    throw notFound(`A snapshot of ${product.domain}/${product.name} as of ${shown(asOf)}`);
  }
  if (found.status === 'ready') return found;
  throw new AppError(
    'gone',
    `The rows of snapshot ${found.number} are removed (by retention, erasure or age). Read another, or leave asOf out for the newest.`,
    { parameter: 'asOf' },
  );
}

/** The snapshot that was served last before a moment, of those that are the environment's now. */
async function servedAt(productId: string, environment: string, moment: Date): Promise<Row | null> {
  const served = await db().servedSnapshot.findFirst({
    where: { productId, from: { lte: moment }, snapshot: { environment } },
    orderBy: [{ from: 'desc' }, { snapshot: { number: 'desc' } }],
    select: { snapshot: true },
  });
  return served?.snapshot ?? null;
}

const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** @returns a snapshot's number, or a time */
function momentOf(asOf: string): number | Date {
  if (/^\d{1,9}$/.test(asOf)) return Number(asOf);
  // A plus that was not percent-encoded arrives as a space.
  const text = asOf.replace(/ (\d{2}:\d{2})$/, '+$1');
  if (TIME.test(text) && isDay(text.slice(0, 10))) {
    const at = new Date(text);
    if (!Number.isNaN(at.getTime())) return at;
  }
  throw badParameter(
    'asOf',
    `asOf takes a snapshot's number or a time such as 2026-01-31T12:00:00Z; "${shown(asOf)}" is neither.`,
  );
}

/** A day that is in the calendar (`Date` reads 30 February as 2 March) and of a year that Postgres knows. */
function isDay(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) && text >= '0001';
}
