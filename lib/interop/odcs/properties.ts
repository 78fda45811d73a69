import {
  anything,
  type Check,
  distinctList,
  flag,
  type Group,
  group,
  integer,
  isGroup,
  list,
  natural,
  number,
  oneOf,
  openGroup,
  positive,
  type Shape,
  scalar,
  text,
} from '../shape';
import type { Parts } from './common';
import { qualityCheck } from './quality-checks';
import { relationshipChecks } from './relationships';
import { isSince } from './versions';

const INTEGER_FORMATS = ['i8', 'i16', 'i32', 'i64', 'i128', 'u8', 'u16', 'u32', 'u64', 'u128'];

/** The `logicalTypeOptions` that each logical type takes; in 3.0 an exclusive bound was a flag. */
function optionsOf({ version, isStrict }: Parts): Map<string, Record<string, Check>> {
  const textBounds = {
    format: text,
    minimum: text,
    maximum: text,
    exclusiveMinimum: isStrict ? text : flag,
    exclusiveMaximum: isStrict ? text : flag,
  };
  const numberBounds = {
    multipleOf: positive,
    minimum: number,
    maximum: number,
    exclusiveMinimum: isStrict ? number : flag,
    exclusiveMaximum: isStrict ? number : flag,
  };
  const clock = { ...textBounds, timezone: flag, defaultTimezone: text };
  return new Map<string, Record<string, Check>>([
    ['string', { minLength: natural, maxLength: natural, pattern: text, format: text }],
    ['date', textBounds],
    ...(isStrict
      ? ([
          ['timestamp', clock],
          ['time', clock],
        ] as const)
      : []),
    ['number', { ...numberBounds, format: oneOf(['f32', 'f64']) }],
    ['integer', { ...numberBounds, format: oneOf(INTEGER_FORMATS) }],
    ['object', { minProperties: natural, maxProperties: natural, required: distinctList(text, 1) }],
    ['array', { minItems: natural, maxItems: natural, uniqueItems: flag }],
    ['boolean', {}],
    ...(isSince(version, 'v3.2.0') ? ([['map', {}]] as const) : []),
  ]);
}

export function elementFields(parts: Parts): Record<string, Check> {
  const { version, stableId, tags, customProperties, definitions } = parts;
  const synonym = group({
    what: 'a synonym',
    known: {
      ...stableId,
      synonym: text,
      description: text,
      locale: text,
      source: text,
      status: text,
      customProperties,
    },
    required: ['synonym'],
  });
  return {
    ...stableId,
    name: text,
    physicalType: text,
    description: text,
    businessName: text,
    authoritativeDefinitions: definitions,
    tags,
    customProperties,
    ...(isSince(version, 'v3.2.0') && { synonyms: list(synonym) }),
  };
}

function ownFields(parts: Parts): Record<string, Check> {
  const { version, isStrict, stableId, tags, customProperties, definitions } = parts;
  const enumValue = group({
    what: 'a value of an enum',
    known: {
      ...stableId,
      value: scalar,
      label: text,
      description: text,
      customProperties,
      authoritativeDefinitions: definitions,
      tags,
    },
    required: ['value'],
  });
  return {
    primaryKey: flag,
    primaryKeyPosition: integer,
    ...(isSince(version, 'v3.0.2') && { physicalName: text }),
    required: flag,
    unique: flag,
    partitioned: flag,
    partitionKeyPosition: integer,
    classification: text,
    encryptedName: text,
    transformSourceObjects: list(text),
    transformLogic: text,
    transformDescription: text,
    examples: list(anything),
    criticalDataElement: flag,
    quality: list(qualityCheck(parts)),
    ...(isStrict && { relationships: list(relationshipChecks(parts).ofProperty) }),
    ...(isSince(version, 'v3.2.0') && {
      semanticType: oneOf(['column', 'measure', 'dimension']),
      enum: distinctList(enumValue, 1),
    }),
  };
}

/** Options without the type that they narrow mean nothing; a type that nobody knows is complaint enough. */
const optionsNeedAType =
  (isTyped: boolean): Check =>
  (value, path, out) => {
    openGroup(value, path, out);
    if (isTyped || !isGroup(value) || Object.keys(value).length === 0) return;
    const message = 'These options narrow a logical type, and there is none. Add logicalType.';
    out.error(path, 'options-without-type', message);
  };

/** A property of a schema object, with whatever its logical type brings along. */
export function propertyCheck(parts: Parts): Check {
  const options = optionsOf(parts);
  const own = {
    ...elementFields(parts),
    ...ownFields(parts),
    logicalType: oneOf([...options.keys()]),
  };
  const nested: Check = (value, path, out) => property(value, path, out);
  const item: Check = (value, path, out) => inList(value, path, out);
  const ofMap = group({
    what: 'a map',
    known: { key: item, value: item },
    required: ['key', 'value'],
  });
  const shapes = new Map<string, Shape>();
  const shapeOf = (logicalType: unknown, isItem: boolean): Shape => {
    const type = typeof logicalType === 'string' && options.has(logicalType) ? logicalType : '';
    const isTyped = logicalType !== undefined;
    const key = `${type} ${isTyped} ${isItem}`;
    const known = shapes.get(key);
    if (known) return known;
    const allowed = options.get(type);
    const shape: Shape = {
      what: type ? `a property of type ${type}` : 'a property',
      known: {
        ...own,
        logicalTypeOptions: allowed
          ? group({ what: `the options of type ${type}`, known: allowed })
          : optionsNeedAType(isTyped),
        ...((type === '' || type === 'object' || isItem) && { properties: list(nested) }),
        ...((type === '' || type === 'array') && { items: item }),
        ...((type === 'map' || (type === '' && options.has('map'))) && { map: ofMap }),
      },
      required: [...(isItem ? [] : ['name']), ...(type === 'map' ? ['map'] : [])],
    };
    shapes.set(key, shape);
    return shape;
  };
  const property = group(({ logicalType }: Group) => shapeOf(logicalType, false));
  const inList = group(({ logicalType }: Group) => shapeOf(logicalType, true));
  return property;
}
