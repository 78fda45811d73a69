import { AppError, db, notFound } from '@/lib/core';
import { compareVersions, majorOf, parsePin } from '@/lib/products/contract-diff';
import { badParameter, shown } from './bad-parameter';

export interface ServedVersion {
  version: string;
  environment: string;
  descriptor: unknown;
  /** Set for a version that is on its way out (RFC 9745, RFC 8594). */
  deprecatedAt: Date | null;
  sunsetAt: Date | null;
}

/**
 * The version that a pin means. A pin is the version that somebody built against: it is answered by the newest
 * version of the same major number, as semver's caret has it, so `1`, `1.2` and `1.2.0` all reach 1.4.0.
 * @throws AppError invalid | not_found | gone, naming what there is
 */
export async function selectVersion(
  productId: string,
  address: string,
  pin: string,
): Promise<ServedVersion> {
  const lowest = parsePin(pin);
  if (lowest === null) {
    throw badParameter(
      'version',
      `version takes a number such as 1 or 1.2.0; "${shown(pin)}" is not one.`,
    );
  }
  const rows = await db().contractVersion.findMany({
    where: { productId, status: { in: ['active', 'deprecated', 'superseded', 'retired'] } },
    orderBy: { createdAt: 'desc' },
    take: 200,
    select: {
      ...{ version: true, status: true, environment: true, descriptor: true },
      ...{ deprecatedAt: true, sunsetAt: true },
    },
  });
  const living = rows.filter((row) => row.status === 'active' || row.status === 'deprecated');
  const found = living.find(
    ({ version }) => majorOf(version) === majorOf(lowest) && compareVersions(version, lowest) >= 0,
  );
  if (found) return { ...found, environment: found.environment ?? 'production' };
  const newest = living.find((row) => row.status === 'active')?.version;
  const isPast = rows.some(({ version }) => majorOf(version) === majorOf(lowest));
  if (isPast && living.every(({ version }) => majorOf(version) !== majorOf(lowest))) {
    throw new AppError(
      'gone',
      `Version ${majorOf(lowest)} of ${address} is retired and its files are destroyed. ${newest ? `Version ${newest} is in force: read it without version, or with version=${majorOf(newest)}.` : 'The product has no version in force.'}`,
      { version: pin, ...(newest && { successor: newest }) },
    );
  }
  const known = living.map(({ version }) => version).join(' and ');
  throw notFound(`Version ${pin} of ${address}`, {
    version: pin,
    ...(known && { versions: known }),
  });
}
