/** The versions of the Open Data Contract Standard that are read, oldest first. */
export const ODCS_VERSIONS = ['v3.0.0', 'v3.0.1', 'v3.0.2', 'v3.1.0', 'v3.2.0'] as const;
export type OdcsVersion = (typeof ODCS_VERSIONS)[number];

/** What exports are written in, and what older documents are offered to be brought to. */
export const ODCS_CURRENT = 'v3.1.0' satisfies OdcsVersion;

export const isOdcsVersion = (value: unknown): value is OdcsVersion =>
  ODCS_VERSIONS.some((version) => version === value);

export const isSince = (version: OdcsVersion, first: OdcsVersion): boolean =>
  ODCS_VERSIONS.indexOf(version) >= ODCS_VERSIONS.indexOf(first);
