import { duckdbTypeOf, type FieldShape, fieldTypeOfDuckdb, type SchemaField } from '@/lib/specs';
import { isSame } from '../known';
import { put } from '../overlay';
import { type Group, groupsIn, isGroup, textOf } from '../shape';
import { isSince, type OdcsVersion } from './versions';

/** Portolan's types in the standard's words; JSON is an object whose members are not said. */
const LOGICAL: Record<SchemaField['type'], string> = {
  string: 'string',
  integer: 'integer',
  long: 'integer',
  decimal: 'number',
  double: 'number',
  float: 'number',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  binary: 'string',
  json: 'object',
  array: 'array',
  struct: 'object',
};
const PLAIN: Record<string, SchemaField['type']> = {
  string: 'string',
  integer: 'long',
  number: 'double',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  timestamp: 'timestamp',
  map: 'json',
};
const IS_PII = /^(pii|personal(?:[ _-]?data)?)$/i;

/** A property as a column. What a physical type adds is taken where it fits the logical one. */
export function fieldOf(property: Group): SchemaField {
  const name = textOf(property.name) ?? textOf(property.physicalName) ?? 'value';
  return {
    name,
    ...shapeOf(property),
    ...(textOf(property.description) && {
      description: textOf(property.description)?.slice(0, 2000),
    }),
    ...(isPersonal(property) && { pii: true }),
    ...(property.primaryKey === true && { primaryKey: true }),
    ...(property.required === true && { required: true }),
    ...(property.unique === true && { unique: true }),
  };
}

function isPersonal(property: Group): boolean {
  const tags = Array.isArray(property.tags) ? property.tags : [];
  return [...tags, property.classification].some(
    (word) => typeof word === 'string' && IS_PII.test(word),
  );
}

function shapeOf(property: Group): FieldShape {
  const members = groupsIn(property.properties).map(({ entry }) => fieldOf(entry));
  const logical = textOf(property.logicalType);
  if (logical === 'array' || (!logical && isGroup(property.items))) {
    return {
      type: 'array',
      items: isGroup(property.items) ? shapeOf(property.items) : { type: 'string' },
    };
  }
  if (logical === 'object' || (!logical && members.length > 0)) {
    return members.length > 0 ? { type: 'struct', fields: members } : { type: 'json' };
  }
  const physical = textOf(property.physicalType);
  const exact = physical ? fieldTypeOfDuckdb(physical.replaceAll('_', ' ')) : undefined;
  if (!logical) return exact ?? { type: 'string' };
  const isExact = exact && LOGICAL[exact.type] === logical && exact.type !== 'string';
  // Until 3.1 there was no logical type for a point in time, so a date may physically be one.
  if (isExact || (logical === 'date' && exact?.type === 'timestamp')) return exact as FieldShape;
  const zoned =
    isGroup(property.logicalTypeOptions) && property.logicalTypeOptions.timezone === true;
  return {
    type: PLAIN[logical] ?? 'string',
    ...(logical === 'timestamp' && zoned && { timezone: true }),
  };
}

/** A column as a property, all of it. */
export function propertyOf(field: SchemaField, version: OdcsVersion): Group {
  return {
    name: field.name,
    ...typeOf(field, version),
    ...(field.description && { description: field.description }),
    ...(field.primaryKey && { primaryKey: true }),
    ...(field.required && { required: true }),
    ...(field.unique && { unique: true }),
    ...(field.pii && { tags: ['pii'] }),
  };
}

function typeOf(shape: FieldShape, version: OdcsVersion): Group {
  const logical = LOGICAL[shape.type];
  const isLate = !isSince(version, 'v3.1.0') && (logical === 'time' || logical === 'timestamp');
  const members = shape.fields?.map((member) => propertyOf(member, version));
  return {
    logicalType: isLate ? (logical === 'time' ? 'string' : 'date') : logical,
    physicalType: duckdbTypeOf(shape),
    ...(shape.timezone && !isLate && { logicalTypeOptions: { timezone: true } }),
    ...(members && { properties: members }),
    ...(shape.items && { items: typeOf(shape.items, version) }),
  };
}

/** The imported property with what has changed since; all that is not understood stays. */
export function overlayProperty(property: Group, field: SchemaField, version: OdcsVersion): Group {
  const was = fieldOf(property);
  let next: Group = { ...property };
  if (was.name !== field.name) next.name = field.name;
  next = overlayShape(next, was, field, version);
  if ((was.description ?? '') !== (field.description ?? ''))
    put(next, 'description', field.description);
  for (const flag of ['primaryKey', 'required', 'unique'] as const) {
    if (Boolean(was[flag]) !== Boolean(field[flag])) next[flag] = Boolean(field[flag]);
  }
  if (Boolean(was.pii) !== Boolean(field.pii)) markPersonal(next, Boolean(field.pii));
  return next;
}

function overlayShape(next: Group, was: FieldShape, now: FieldShape, version: OdcsVersion): Group {
  if (isSame(bare(was), bare(now))) return next;
  if (was.type === 'struct' && now.type === 'struct') {
    return { ...next, properties: overlayProperties(next.properties, now.fields ?? [], version) };
  }
  if (
    was.type === 'array' &&
    now.type === 'array' &&
    isGroup(next.items) &&
    was.items &&
    now.items
  ) {
    return { ...next, items: overlayShape(next.items, was.items, now.items, version) };
  }
  if (
    LOGICAL[was.type] === LOGICAL[now.type] &&
    was.type !== 'struct' &&
    now.type !== 'struct' &&
    now.type !== 'array'
  ) {
    return { ...next, physicalType: duckdbTypeOf(now) };
  }
  const { logicalTypeOptions: _options, properties: _members, items: _items, ...rest } = next;
  return { ...rest, ...typeOf(now, version) };
}

/** What a type is, without what people write about it. */
function bare(shape: FieldShape): unknown {
  const { type, precision, scale, timezone, items, fields } = shape;
  return {
    type,
    ...(precision !== undefined && { precision }),
    ...(scale && { scale }),
    ...(timezone && { timezone }),
    ...(items && { items: bare(items) }),
    ...(fields && { fields }),
  };
}

/** A list of properties with the columns of now: kept, changed, added at the end or dropped. */
export function overlayProperties(
  list: unknown,
  fields: readonly SchemaField[],
  version: OdcsVersion,
): Group[] {
  const left = new Map(fields.map((field) => [field.name, field]));
  const bySource = new Map(
    fields.flatMap((field) =>
      typeof field.sourceName === 'string' ? [[field.sourceName, field] as const] : [],
    ),
  );
  const kept = groupsIn(list).flatMap(({ entry }) => {
    const name = fieldOf(entry).name;
    const field = left.get(name) ?? bySource.get(name);
    if (!field || !left.delete(field.name)) return [];
    return [overlayProperty(entry, field, version)];
  });
  return [...kept, ...[...left.values()].map((field) => propertyOf(field, version))];
}

function markPersonal(property: Group, isPii: boolean): void {
  const tags = Array.isArray(property.tags) ? property.tags : [];
  if (isPii) property.tags = [...tags, 'pii'];
  else {
    property.tags = tags.filter((tag) => typeof tag !== 'string' || !IS_PII.test(tag));
    if (IS_PII.test(String(property.classification))) delete property.classification;
  }
}
