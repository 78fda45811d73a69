import {
  type Check,
  date,
  group,
  instant,
  list,
  matching,
  number,
  oneOf,
  scalar,
  text,
} from '../shape';
import { type Parts, partsOf } from './common';
import { elementFields, propertyCheck } from './properties';
import { qualityCheck } from './quality-checks';
import { relationshipChecks } from './relationships';
import { roleCheck, serverChecks } from './servers';
import { isSince, type OdcsVersion } from './versions';

function schemaObject(parts: Parts): Check {
  const { version, isStrict } = parts;
  return group({
    what: 'a schema object',
    known: {
      ...elementFields(parts),
      logicalType: oneOf(['object']),
      physicalName: text,
      dataGranularityDescription: text,
      properties: list(propertyCheck(parts)),
      quality: list(qualityCheck(parts)),
      ...(isStrict && { relationships: list(relationshipChecks(parts).ofSchema) }),
      ...(isSince(version, 'v3.2.0') && { context: contextCheck(parts) }),
    },
    required: ['name'],
  });
}

/** Words for machines that read the contract, since 3.2. */
function contextCheck({ tags, definitions, customProperties }: Parts): Check {
  const shared = { id: text, authoritativeDefinitions: definitions, tags, customProperties };
  const statement = group({
    what: 'a verified statement',
    known: { ...shared, question: text, answer: text },
    required: ['question'],
  });
  const constraint = group({
    what: 'a constraint',
    known: { ...shared, constraint: text },
    required: ['constraint'],
  });
  const whole = group({
    what: 'the context',
    known: {
      instructions: text,
      verifiedStatements: list(statement),
      constraints: list(constraint),
    },
  });
  return (value, path, out) => {
    if (typeof value !== 'string') whole(value, path, out);
  };
}

function teamCheck(parts: Parts): Check {
  const { isStrict, stableId, tags, customProperties, definitions } = parts;
  const shared = { tags, customProperties, authoritativeDefinitions: definitions };
  const isNamed = isSince(parts.version, 'v3.0.2');
  const member = group({
    what: 'a member of the team',
    known: {
      username: text,
      ...(isNamed && { name: text, description: text }),
      role: text,
      dateIn: date,
      dateOut: date,
      replacedByUsername: text,
      ...(isStrict && { ...stableId, ...shared }),
    },
    required: isStrict ? ['username'] : [],
    isOpen: !isStrict,
  });
  const members = list(member);
  if (!isStrict) return members;
  const team = group({
    what: 'the team',
    known: { ...stableId, name: text, description: text, members, ...shared },
  });
  return (value, path, out) => (Array.isArray(value) ? members : team)(value, path, out);
}

function promises(parts: Parts): Record<string, Check> {
  const { isStrict, stableId, customProperties } = parts;
  const isOpen = !isStrict;
  const support = group({
    what: 'a support channel',
    known: {
      ...stableId,
      channel: text,
      url: text,
      description: text,
      tool: text,
      scope: text,
      invitationUrl: text,
      ...(isStrict && { customProperties }),
    },
    required: isStrict ? ['channel'] : ['channel', 'url'],
    isOpen,
  });
  const sla = group({
    what: 'a service level',
    known: {
      ...stableId,
      property: text,
      value: scalar,
      valueExt: scalar,
      unit: text,
      element: text,
      driver: text,
      ...(isStrict && { description: text, scheduler: text, schedule: text }),
    },
    required: ['property', 'value'],
    isOpen,
  });
  const price = group({
    what: 'the price',
    known: { ...stableId, priceAmount: number, priceCurrency: text, priceUnit: text },
    isOpen,
  });
  return {
    support: list(support),
    price,
    team: teamCheck(parts),
    roles: list(roleCheck(parts)),
    slaDefaultElement: text,
    slaProperties: list(sla),
  };
}

function contractCheck(version: OdcsVersion): Check {
  const parts = partsOf(version);
  const { tags, customProperties, definitions } = parts;
  const hasDefinitions = isSince(version, 'v3.0.1');
  const more = { authoritativeDefinitions: definitions, customProperties };
  const description = group({
    what: 'the description',
    known: { usage: text, purpose: text, limitations: text, ...(hasDefinitions && more) },
    isOpen: true,
  });
  return group({
    what: `an ODCS contract ${version}`,
    known: {
      version: text,
      kind: oneOf(['DataContract']),
      apiVersion: matching(/^v/, `the version of the standard, such as ${version}`),
      id: text,
      name: text,
      tenant: text,
      tags,
      status: text,
      servers: list(serverChecks(parts)),
      dataProduct: text,
      description,
      domain: text,
      schema: list(schemaObject(parts)),
      ...promises(parts),
      ...(hasDefinitions && { authoritativeDefinitions: definitions }),
      customProperties,
      contractCreatedTs: instant,
      ...(isSince(version, 'v3.2.0') && { context: contextCheck(parts) }),
    },
    required: [
      'version',
      'apiVersion',
      'kind',
      'id',
      ...(isSince(version, 'v3.2.0') ? [] : ['status']),
    ],
  });
}

const checks = new Map<OdcsVersion, Check>();

/** What a document of one version has to look like; the lint looks at what it means. */
export function odcsSchema(version: OdcsVersion): Check {
  const known = checks.get(version) ?? contractCheck(version);
  checks.set(version, known);
  return known;
}
