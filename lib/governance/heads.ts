import { type EntityJson, type PolicyJson, policyToJson } from '@cedar-policy/cedar-wasm/nodejs';

interface Uid {
  type: string;
  id: string;
}
type Constraint = PolicyJson['principal'] | PolicyJson['action'] | PolicyJson['resource'];

/** What one part of a head asks for; a member that is absent asks for nothing. */
interface Fit {
  type?: string;
  self?: string;
  within?: string[];
}
const PARTS = ['principal', 'action', 'resource'] as const;
type Part = (typeof PARTS)[number];

/** What a policy's head and its conditions say about when it can matter. */
export interface PolicyReach {
  head: Record<Part, Fit>;
  /** It names one person or one product. */
  isSingular: boolean;
  /** Somewhere it looks at the stated purpose. */
  looksAtPurpose: boolean;
}
export interface HeadRequest {
  principal: Uid;
  action: Uid;
  resource: Uid;
  entities: readonly EntityJson[];
}

const keyOf = (uid: Uid) => `${uid.type}::${uid.id}`;
const plain = (uid: EntityJson['uid']): Uid => ('__entity' in uid ? uid.__entity : uid) as Uid;
const keyOfJson = (uid: EntityJson['uid']) => keyOf(plain(uid));

/** @throws Error when the text is no Cedar policy */
export function reachOf(text: string): PolicyReach {
  const parsed = policyToJson(text);
  if (parsed.type === 'failure') throw new Error(`Cedar policies: ${parsed.errors[0]?.message}`);
  const { principal, action, resource, conditions } = parsed.json;
  return {
    head: { principal: fitOf(principal), action: fitOf(action), resource: fitOf(resource) },
    isSingular: namesOne(principal) || namesOne(resource),
    looksAtPurpose: JSON.stringify(conditions).includes('"purpose"'),
  };
}

/** What is not understood (a template's slot) asks for nothing: the policy is kept. */
function fitOf(constraint: Constraint): Fit {
  switch (constraint.op) {
    case '==':
      return 'entity' in constraint ? { self: keyOfJson(constraint.entity) } : {};
    case 'in':
      if ('entities' in constraint) return { within: constraint.entities.map(keyOfJson) };
      return 'entity' in constraint ? { within: [keyOfJson(constraint.entity)] } : {};
    case 'is': {
      const { entity_type: type, in: place } = constraint;
      return place && 'entity' in place ? { type, within: [keyOfJson(place.entity)] } : { type };
    }
    default:
      return {};
  }
}

const namesOne = (constraint: Constraint) =>
  'entity' in constraint && ['User', 'Product', 'System'].includes(plain(constraint.entity).type);

/** The entity and all that it is in, by its parents and theirs. */
function lineageOf(uid: Uid, entities: readonly EntityJson[]): Set<string> {
  const found = new Set([keyOf(uid)]);
  // A set that grows while it is walked: each ancestor brings its own.
  for (const key of found) {
    const entity = entities.find((one) => keyOfJson(one.uid) === key);
    for (const parent of entity?.parents ?? []) found.add(keyOfJson(parent));
  }
  return found;
}

interface Asked {
  type: string;
  self: string;
  lineage: Set<string>;
}

function fits({ type, self, within }: Fit, asked: Asked): boolean {
  return (
    (type === undefined || type === asked.type) &&
    (self === undefined || self === asked.self) &&
    (within === undefined || within.some((key) => asked.lineage.has(key)))
  );
}

/**
 * Tells which policies' heads fit a request. Cedar looks at a policy's conditions only when its head fits, so one
 * whose head does not can neither permit, forbid nor fail: leaving it out changes no answer.
 */
export function headFilter(request: HeadRequest): (reach: PolicyReach) => boolean {
  const asked = PARTS.map((name): [Part, Asked] => {
    const { type, id } = request[name];
    const lineage = lineageOf(request[name], request.entities);
    return [name, { type, self: keyOf({ type, id }), lineage }];
  });
  return ({ head }) => asked.every(([name, part]) => fits(head[name], part));
}
