import { type Finding, Findings, type Path } from '../findings';
import { type Group, groupsIn, isGroup, textOf } from '../shape';
import { lintContract } from './lint';
import { operatorsIn } from './quality-checks';
import { metricOf } from './rules';
import { odcsSchema } from './schema';
import { isSince, ODCS_CURRENT, type OdcsVersion } from './versions';
import { eachProperty, objectsOf } from './walk';

export interface Upgrade {
  from: OdcsVersion;
  to: OdcsVersion;
  document: Group;
  /** What still speaks against the result, with paths in it; empty when it is valid. */
  remaining: Omit<Finding, 'line' | 'column'>[];
}

const PASSES = 3;

/**
 * A contract of 3.0 in the words of the current version, or null when there is nothing to do. Pure. Nothing is
 * lost: fields that the newer version does not know move to `customProperties`.
 */
export function upgradeContract(contract: Group, version: OdcsVersion): Upgrade | null {
  if (isSince(version, ODCS_CURRENT)) return null;
  const document = structuredClone(contract);
  document.apiVersion = ODCS_CURRENT;
  if (Array.isArray(document.team)) document.team = { members: document.team };
  moveDefaultElement(document);
  groupsIn(document.servers).forEach(({ entry }) => {
    mendServer(entry);
  });
  for (const { object, path } of objectsOf(document)) {
    mendQuality(object);
    eachProperty(object, path, (property) => {
      mendQuality(property);
      mendBounds(property.logicalTypeOptions);
    });
  }
  for (let pass = 0; pass < PASSES && moveUnknown(document); pass += 1);
  const out = new Findings();
  odcsSchema(ODCS_CURRENT)(document, [], out);
  lintContract(document, ODCS_CURRENT, out);
  const remaining = out
    .at(() => ({ line: 0, column: 0 }))
    .filter(({ level }) => level === 'error')
    .map(({ line: _line, column: _column, ...rest }) => rest);
  return { from: version, to: ODCS_CURRENT, document, remaining };
}

/** The default becomes the element of every service level that had none; without any it stays, deprecated. */
function moveDefaultElement(document: Group): void {
  const levels = groupsIn(document.slaProperties);
  if (document.slaDefaultElement === undefined || levels.length === 0) return;
  for (const { entry } of levels) entry.element ??= document.slaDefaultElement;
  delete document.slaDefaultElement;
}

function mendServer(server: Group): void {
  if ('staging_dir' in server) {
    server.stagingDir ??= server.staging_dir;
    if (server.stagingDir === server.staging_dir) delete server.staging_dir;
  }
  if (server.type === 'duckdb' && typeof server.schema === 'number') {
    server.schema = String(server.schema);
  }
}

/** An exclusive bound was a flag beside the bound; now it is the bound itself. */
function mendBounds(options: unknown): void {
  if (!isGroup(options)) return;
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof options[exclusive] !== 'boolean') continue;
    const isExclusive = options[exclusive] && options[bound] !== undefined;
    delete options[exclusive];
    if (!isExclusive) continue;
    options[exclusive] = options[bound];
    delete options[bound];
  }
}

function mendQuality(parent: Group): void {
  if (!Array.isArray(parent.quality)) return;
  parent.quality = parent.quality.flatMap((item) => (isGroup(item) ? mendItem(item) : [item]));
}

const METRICS_OF_BAD_ROWS = ['nullValues', 'missingValues', 'invalidValues', 'duplicateValues'];

/** One item with one metric and one operator each; what has no metric of its own stays as a custom rule. */
function mendItem(item: Group): Group[] {
  const { type } = item;
  if (type === 'text' || type === 'custom') return [item];
  if (type === 'sql') {
    const operators = operatorsIn(item);
    if (operators.length > 0) return onePerOperator(item, operators);
    const { query, ...rest } = item;
    return [{ ...rest, type: 'custom', engine: 'sql', implementation: { query } }];
  }
  const metric = metricOf(item);
  const isKnown = metric === 'rowCount' || METRICS_OF_BAD_ROWS.includes(metric ?? '');
  const operators = operatorsIn(item);
  if (!isKnown || (metric === 'rowCount' && operators.length === 0)) return [asCustom(item)];
  const { rule: _rule, type: _type, validValues, ...rest } = item;
  const given = isGroup(item.arguments) ? item.arguments : {};
  const next: Group = {
    ...rest,
    ...(type !== undefined && { type }),
    metric,
    ...(validValues !== undefined && { arguments: { ...given, validValues } }),
  };
  return operators.length === 0 ? [{ ...next, mustBe: 0 }] : onePerOperator(next, operators);
}

function onePerOperator(item: Group, operators: string[]): Group[] {
  return operators.map((operator, index) => {
    const others = new Set(operators.filter((one) => one !== operator));
    const copy = Object.fromEntries(Object.entries(item).filter(([key]) => !others.has(key)));
    const name = textOf(copy.name);
    return index > 0 && name ? { ...copy, name: `${name} (${index + 1})` } : copy;
  });
}

function asCustom(item: Group): Group {
  const own = ['rule', 'type', 'metric', 'arguments', 'validValues', ...operatorsIn(item)];
  const rest = Object.fromEntries(Object.entries(item).filter(([key]) => !own.includes(key)));
  const { type: _type, ...implementation } = Object.fromEntries(
    Object.entries(item).filter(([key]) => own.includes(key)),
  );
  return { ...rest, type: 'custom', engine: 'odcs-3.0', implementation };
}

/** Fields that the newer version refuses, kept as custom properties: in their group, else in the contract. */
function moveUnknown(document: Group): boolean {
  const out = new Findings();
  odcsSchema(ODCS_CURRENT)(document, [], out);
  const unknown = out.pathsOf('unknown-field');
  for (const path of unknown) {
    const parent = at(document, path.slice(0, -1));
    const key = String(path.at(-1));
    if (!isGroup(parent)) continue;
    const value = parent[key];
    delete parent[key];
    // A group that takes no custom properties either hands them on.
    const entries = key === 'customProperties' ? groupsIn(value).map(({ entry }) => entry) : null;
    const home = entries ? document : parent;
    const where = entries ? `${path.slice(0, -1).join('.')}.` : '';
    const moved = entries?.map((entry) => ({
      ...entry,
      property: `${where}${entry.property}`,
    })) ?? [{ property: key, value }];
    const old: unknown[] = Array.isArray(home.customProperties) ? home.customProperties : [];
    home.customProperties = [...old, ...moved];
  }
  return unknown.length > 0;
}

const at = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null
        ? (value as Record<string | number, unknown>)[segment]
        : undefined,
    root,
  );
