import { isSame, type Known, keyOf } from '../known';
import { slugOf } from '../names';
import {
  overlayDescription,
  overlayOwner,
  overlayPrice,
  overlayRoles,
  overlaySupport,
  put,
} from '../overlay';
import { type Group, groupsIn, textOf } from '../shape';
import { fieldOf, overlayProperties } from './fields';
import { calledOf, chosenObject, itemsOf, knownOfOdcs, ownerIn } from './import';
import { overlayLevels } from './levels';
import { itemOfRule } from './rules';
import { isOdcsVersion, isSince, ODCS_CURRENT, type OdcsVersion } from './versions';

export interface NewContract {
  id: string;
  createdAt: string;
  /** Where the rows are read. */
  location: string;
}

/** A contract for a product that has none yet, in the newest released version. */
export function newOdcs(known: Known, { id, createdAt, location }: NewContract): Group {
  const skeleton: Group = {
    apiVersion: ODCS_CURRENT,
    kind: 'DataContract',
    id,
    version: known.version ?? '1.0.0',
    status: known.status ?? 'draft',
    servers: [{ server: 'portolan', type: 'api', location }],
    schema: [
      { name: known.name ?? 'rows', logicalType: 'object', physicalType: 'table', properties: [] },
    ],
    contractCreatedTs: createdAt,
  };
  return numberKeys(overlayOdcs(skeleton, known));
}

/** Columns of a key are numbered in the order of the schema. */
function numberKeys(contract: Group): Group {
  for (const { entry: object } of groupsIn(contract.schema)) {
    const keys = groupsIn(object.properties).filter(({ entry }) => entry.primaryKey === true);
    keys.forEach(({ entry }, index) => {
      entry.primaryKeyPosition = index + 1;
    });
  }
  return contract;
}

const ORDER = [
  'apiVersion',
  'kind',
  'id',
  'name',
  'version',
  'status',
  'domain',
  'dataProduct',
  'tenant',
  'tags',
  'description',
];

/**
 * The contract with what Portolan knows now. Only what differs from what the document itself says is written,
 * so that everything that is not understood, and every way of writing it, stays. An unchanged product gives
 * back the document it came from.
 */
export function overlayOdcs(contract: Group, now: Known, objectName?: string | null): Group {
  const version: OdcsVersion = isOdcsVersion(contract.apiVersion)
    ? contract.apiVersion
    : ODCS_CURRENT;
  const was = knownOfOdcs(contract, objectName);
  const next: Group = { ...contract };
  if (now.version && now.version !== was.version) next.version = now.version;
  if (now.status && now.status !== was.status) next.status = now.status;
  if (now.domain && now.domain !== slugOf(was.domain)) next.domain = now.domain;
  if (now.title && now.title !== was.title) next.name = now.title;
  const called = calledOf(next, chosenObject(contract, objectName)?.object ?? {});
  if (now.name && now.name !== slugOf(called)) next.dataProduct = now.name;
  if (!isSame(was.tags, now.tags)) put(next, 'tags', now.tags);
  overlayDescription(next, was, now);
  put(next, 'support', overlaySupport(contract.support, was.support, now.support));
  put(next, 'price', overlayPrice(contract.price, was.price, now.price));
  put(next, 'roles', overlayRoles(contract.roles, was.access, now.access));
  const isGroupTeam = isSince(version, 'v3.1.0');
  put(next, 'team', overlayOwner(contract.team, ownerIn(contract.team), now.owner, isGroupTeam));
  put(next, 'slaProperties', overlayLevels(contract.slaProperties, now.slo));
  keepEmptyLists(contract, next);
  overlaySchema(contract, next, now, version, objectName);
  return inOrder(contract, next);
}

/** An empty list that was written stays written. */
function keepEmptyLists(before: Group, next: Group): void {
  for (const [key, value] of Object.entries(before)) {
    if (Array.isArray(value) && value.length === 0 && !(key in next)) next[key] = value;
  }
}

/** What was there keeps its place; what is new goes where the standard lists it. */
function inOrder(before: Group, next: Group): Group {
  const known = Object.keys(next).filter((key) => key in before);
  const added = Object.keys(next).filter((key) => !(key in before));
  const head = added.filter((key) => ORDER.includes(key));
  const keys = [...known, ...added.filter((key) => !head.includes(key))];
  for (const key of head) {
    const rank = ORDER.indexOf(key);
    const at = keys.findLastIndex((other) => ORDER.includes(other) && ORDER.indexOf(other) < rank);
    keys.splice(at + 1, 0, key);
  }
  return Object.fromEntries(keys.map((key) => [key, next[key]]));
}

function overlaySchema(
  contract: Group,
  next: Group,
  now: Known,
  version: OdcsVersion,
  objectName?: string | null,
): void {
  const chosen = chosenObject(contract, objectName);
  if (!chosen) {
    if (now.fields.length === 0) return;
    next.schema = [
      overlayObject({ name: now.name ?? 'rows', logicalType: 'object' }, now, version),
    ];
    return;
  }
  const schema = [...(contract.schema as unknown[])];
  // Properties may be missing for a product whose columns are not known yet.
  schema[schema.indexOf(chosen.object)] = overlayObject(chosen.object, now, version);
  next.schema = schema;
}

function overlayObject(object: Group, now: Known, version: OdcsVersion): Group {
  const before = groupsIn(object.properties).map(({ entry }) => fieldOf(entry));
  const next: Group = { ...object };
  if (!isSame(before, now.fields)) {
    next.properties = overlayProperties(object.properties, now.fields, version);
  }
  return overlayRules(object, next, now);
}

/** Items whose rule is still there stay as written; those of rules that went go; new rules come at the end. */
function overlayRules(object: Group, next: Group, now: Known): Group {
  const wanted = new Map(now.quality.map((rule) => [keyOf(rule), rule]));
  const left = new Map(wanted);
  const gone = new Set<Group>();
  for (const { item, mapped } of itemsOf(object)) {
    if (!('rule' in mapped)) continue;
    const key = keyOf(mapped.rule);
    if (wanted.has(key)) left.delete(key);
    else gone.add(item);
  }
  if (gone.size === 0 && left.size === 0) return next;
  const table = textOf(object.name) ?? 'rows';
  const rewrite = (
    parent: Group,
    column: string | undefined,
    names: ReadonlySet<string>,
  ): Group => {
    const isHere = (rule: Known['quality'][number]) =>
      column === undefined
        ? rule.column === undefined || !names.has(rule.column)
        : rule.column === column;
    const added = [...left.values()].filter(isHere).map((rule) => itemOfRule(rule, table));
    const old: unknown[] = Array.isArray(parent.quality) ? parent.quality : [];
    const kept = old.filter((item) => !gone.has(item as Group));
    if (added.length === 0 && kept.length === old.length) return parent;
    const changed = { ...parent };
    put(changed, 'quality', [...kept, ...added]);
    return changed;
  };
  const properties = groupsIn(next.properties).map(({ entry }) => entry);
  const names = new Set(properties.map((property) => fieldOf(property).name));
  const whole = rewrite(next, undefined, names);
  if (properties.length === 0) return whole;
  return {
    ...whole,
    properties: properties.map((property) => rewrite(property, fieldOf(property).name, names)),
  };
}
