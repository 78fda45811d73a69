import { type Check, group, integer, list, matching, oneOf, text, uri } from '../shape';
import type { Parts } from './common';

/**
 * What a server of each type says of itself: `name!` has to be there, `name:port` is a whole number,
 * `name:uri` a URI; anything else is text.
 */
const SINCE_30 = {
  api: 'location!:uri',
  athena: 'stagingDir!:uri schema! catalog regionName',
  azure: 'location!:uri format! delimiter',
  bigquery: 'project! dataset!',
  clickhouse: 'host! port!:port database!',
  cloudsql: 'host! port!:port database! schema!',
  custom:
    'account catalog database dataset delimiter endpointUrl:uri format host location:uri path port:port project region regionName schema serviceName stagingDir warehouse',
  databricks: 'host catalog! schema!',
  db2: 'host! port!:port database! schema',
  denodo: 'host! port!:port database',
  dremio: 'host! port!:port schema',
  duckdb: 'database! schema',
  glue: 'account! database! location:uri format',
  informix: 'host! port:port database!',
  kafka: 'host! format',
  kinesis: 'region format',
  local: 'path! format!',
  mysql: 'host! port!:port database!',
  oracle: 'host! port!:port serviceName!',
  postgres: 'host! port!:port database! schema!',
  postgresql: 'host! port!:port database! schema!',
  presto: 'host! catalog schema',
  pubsub: 'project!',
  redshift: 'host database! schema! region account',
  s3: 'location!:uri endpointUrl:uri format delimiter',
  sftp: 'location!:sftp format delimiter',
  snowflake: 'host port:port account! database! schema! warehouse',
  sqlserver: 'host! port:port database! schema!',
  synapse: 'host! port!:port database!',
  trino: 'host! port!:port catalog! schema!',
  vertica: 'host! port!:port database! schema!',
};
const SINCE_31 = {
  ...SINCE_30,
  custom: `${SINCE_30.custom} stream`,
  hive: 'host! port:port database!',
  impala: 'host! port:port database!',
  zen: 'host! port:port database!',
};

const KINDS: Record<string, Check> = {
  port: integer,
  integer,
  uri,
  sftp: matching(/^sftp:\/\//, 'an SFTP location begins with sftp://'),
};
const FILES = new Set(['azure', 's3', 'sftp']);

/** The table of one version; 3.0 has a few oddities that 3.1 mended. */
function tableOf({ version, isStrict }: Parts): Record<string, string> {
  if (version === 'v3.2.0') {
    return { ...SINCE_31, athena: 'stagingDir:uri schema! catalog regionName workgroup' };
  }
  if (isStrict) return SINCE_31;
  const athena =
    version === 'v3.0.2'
      ? SINCE_30.athena
      : 'staging_dir! stagingDir:uri schema! catalog regionName';
  return { ...SINCE_30, athena, duckdb: 'database! schema:integer' };
}

export function serverChecks(parts: Parts): Check {
  const table = tableOf(parts);
  const { stableId, isStrict, customProperties } = parts;
  const base: Record<string, Check> = {
    ...stableId,
    server: text,
    type: oneOf(Object.keys(table)),
    description: text,
    environment: text,
    roles: list(roleCheck(parts)),
    customProperties,
  };
  const shapes = new Map(
    Object.entries(table).map(([type, line]) => {
      const own = line.split(' ').map((word) => /^([A-Za-z_]+)(!)?(?::(\w+))?$/.exec(word) ?? []);
      const known = Object.fromEntries(
        own.map(([, name = '', , kind = '']) => [name, KINDS[kind] ?? text]),
      );
      if (!isStrict && FILES.has(type)) {
        known.format = oneOf(['parquet', 'delta', 'json', 'csv']);
        known.delimiter = oneOf(['new_line', 'array']);
      }
      const required = own.flatMap(([, name, isNeeded]) => (name && isNeeded ? [name] : []));
      const shape = {
        what: `a server of type ${type}`,
        known: { ...known, ...base },
        required: ['server', 'type', ...required],
        isOpen: !isStrict,
      };
      return [type, shape] as const;
    }),
  );
  const unknown = { what: 'a server', known: base, required: ['server', 'type'] };
  return group(({ type }) => {
    const shape = typeof type === 'string' ? shapes.get(type) : undefined;
    // Which fields belong is not known while the type is not; a wrong type is complaint enough.
    return shape ?? { ...unknown, isOpen: !isStrict || type !== undefined };
  });
}

export function roleCheck({ stableId, isStrict, customProperties }: Parts): Check {
  return group({
    what: 'a role',
    known: {
      ...stableId,
      role: text,
      description: text,
      access: text,
      firstLevelApprovers: text,
      secondLevelApprovers: text,
      customProperties,
    },
    required: ['role'],
    isOpen: !isStrict,
  });
}
