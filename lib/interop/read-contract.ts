import { type DataProduct, parseDocumentAs } from '@/lib/specs';
import { type Locate, readYaml } from '@/lib/specs/yaml-read';
import { type Finding, Findings } from './findings';
import type { ContractFormat } from './formats';
import { lintContract } from './odcs/lint';
import { odcsSchema } from './odcs/schema';
import { isOdcsVersion, ODCS_CURRENT, ODCS_VERSIONS } from './odcs/versions';
import { isOdpsVersion, lintProduct, ODPS_VERSIONS, odpsSchema } from './odps/schema';
import { type Group, isGroup, show } from './shape';

/** What a text turned out to be. `document` is there only when nothing speaks against it. */
export interface ReadContract {
  ok: boolean;
  format: ContractFormat | null;
  version: string | null;
  document: Group | null;
  /** The values as they were read, also of a document that is refused. */
  raw: Group | null;
  findings: Finding[];
}

const READ = `Read are ODCS ${ODCS_VERSIONS.join(', ')}, ODPS ${ODPS_VERSIONS.join(', ')} and DataProduct v1`;

/**
 * Reads a data contract or a data product in any format that is known here, told by its content.
 * Pure; never throws; every finding has its line and column.
 */
export function readContract(text: string): ReadContract {
  const read = readYaml(text);
  if (!read.ok) {
    const findings = read.issues.map((issue) => ({
      ...issue,
      level: 'error' as const,
      code: 'unreadable',
    }));
    return { ok: false, format: null, version: null, document: null, raw: null, findings };
  }
  const { value, locate } = read;
  const out = new Findings();
  if (!isGroup(value)) {
    out.error([], 'unknown-format', `A contract is a group of fields. ${READ}.`);
    return refused(null, null, out.at(locate));
  }
  const format = formatOf(value);
  if (!format) {
    sayWhatIsRead(value, out);
    return refused(null, null, out.at(locate));
  }
  if (format === 'dataproduct') return readDataProduct(text, value);
  return format === 'odcs' ? readOdcs(value, locate, out) : readOdps(value, locate, out);
}

function refused(
  format: ContractFormat | null,
  version: string | null,
  findings: Finding[],
): ReadContract {
  return { ok: false, format, version, document: null, raw: null, findings };
}

/** `DataProduct` is the kind of two formats; the version of the API tells them apart. */
function formatOf(value: Group): ContractFormat | null {
  const { kind, apiVersion } = value;
  if (kind === 'DataProduct') {
    return apiVersion === 'v1' || isGroup(value.spec) || isGroup(value.metadata)
      ? 'dataproduct'
      : 'odps';
  }
  if (kind === 'DataContract') return 'odcs';
  const isContract = 'dataContractSpecification' in value || 'datasetKind' in value;
  return isOdcsVersion(apiVersion) && !isContract ? 'odcs' : null;
}

function sayWhatIsRead(value: Group, out: Findings): void {
  if ('dataContractSpecification' in value) {
    const message = `This is a document of the older Data Contract Specification, which is not read. Convert it to ODCS ${ODCS_CURRENT} first. ${READ}.`;
    out.error(['dataContractSpecification'], 'other-format', message);
  } else if (value.kind === undefined) {
    const isOld = 'quantumName' in value || 'uuid' in value || 'datasetName' in value;
    const what = isOld
      ? 'This looks like ODCS 2, which is not read. Write it as ODCS 3'
      : 'Missing';
    out.error(
      ['kind'],
      'unknown-format',
      `${what}: say kind: DataContract or kind: DataProduct. ${READ}.`,
    );
  } else {
    const message = `${show(value.kind)} is not a kind that is read here. Write DataContract or DataProduct. ${READ}.`;
    out.error(['kind'], 'unknown-format', message);
  }
}

function readOdcs(value: Group, locate: Locate, out: Findings): ReadContract {
  const { apiVersion } = value;
  if (!isOdcsVersion(apiVersion)) {
    out.error(['apiVersion'], 'unknown-version', unknownVersion(apiVersion, ODCS_CURRENT));
    return refused('odcs', typeof apiVersion === 'string' ? apiVersion : null, out.at(locate));
  }
  odcsSchema(apiVersion)(value, [], out);
  // A document of the wrong shape is linted too, so that all faults are told at once.
  lintContract(value, apiVersion, out);
  const ok = !out.hasErrors;
  return {
    ok,
    format: 'odcs',
    version: apiVersion,
    document: ok ? value : null,
    raw: value,
    findings: out.at(locate),
  };
}

function unknownVersion(found: unknown, current: string): string {
  if (found === undefined) return `Missing. Say which version: apiVersion: ${current}. ${READ}.`;
  if (typeof found === 'string' && /^v?2\./.test(found)) {
    return `ODCS ${found.replace(/^v/, '')} had another structure and is not read. Rewrite the contract as ODCS ${current}: its migration guide names the fields. ${READ}.`;
  }
  return `${show(found)} is not a version that is read. Write ${current}. ${READ}.`;
}

function readOdps(value: Group, locate: Locate, out: Findings): ReadContract {
  const { apiVersion } = value;
  if (!isOdpsVersion(apiVersion)) {
    out.error(['apiVersion'], 'unknown-version', unknownVersion(apiVersion, 'v1.0.0'));
    return refused('odps', typeof apiVersion === 'string' ? apiVersion : null, out.at(locate));
  }
  odpsSchema(apiVersion)(value, [], out);
  lintProduct(value, out);
  const ok = !out.hasErrors;
  return {
    ok,
    format: 'odps',
    version: apiVersion,
    document: ok ? value : null,
    raw: value,
    findings: out.at(locate),
  };
}

function readDataProduct(text: string, value: Group): ReadContract {
  const version = typeof value.apiVersion === 'string' ? value.apiVersion : null;
  const parsed = parseDocumentAs('DataProduct', text);
  if (parsed.ok) {
    const document: DataProduct = parsed.document;
    return { ok: true, format: 'dataproduct', version, document, raw: value, findings: [] };
  }
  const findings = parsed.issues.map((issue) => ({
    ...issue,
    level: 'error' as const,
    code: 'invalid',
  }));
  return refused('dataproduct', version, findings);
}
