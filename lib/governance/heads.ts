import { type EntityJson, type PolicyJson, policyToJson } from '@cedar-policy/cedar-wasm/nodejs';

interface Uid {
  type: string;
  id: string;
}
type Head = Pick<PolicyJson, 'principal' | 'action' | 'resource'>;
type Constraint = Head['principal'] | Head['action'] | Head['resource'];

/** What a policy's head and its conditions say about when it can matter. */
export interface PolicyReach {
  head: Head;
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

/** @throws Error when the text is no Cedar policy */
export function reachOf(text: string): PolicyReach {
  const parsed = policyToJson(text);
  if (parsed.type === 'failure') throw new Error(`Cedar policies: ${parsed.errors[0]?.message}`);
  const { principal, action, resource, conditions } = parsed.json;
  const looksAtPurpose = JSON.stringify(conditions).includes('"purpose"');
  const isSingular = [principal, resource].some(namesOne);
  return { head: { principal, action, resource }, isSingular, looksAtPurpose };
}

const namesOne = (constraint: Head['principal'] | Head['resource']) =>
  'entity' in constraint && ['User', 'Product', 'System'].includes(plain(constraint.entity).type);

const keyOf = (uid: Uid) => `${uid.type}::${uid.id}`;
const plain = (uid: EntityJson['uid']): Uid => ('__entity' in uid ? uid.__entity : uid) as Uid;

/** The entity and all that it is in, by its parents and theirs. */
function lineageOf(uid: Uid, entities: readonly EntityJson[]): Set<string> {
  const found = new Set([keyOf(uid)]);
  // A set that grows while it is walked: each ancestor brings its own.
  for (const key of found) {
    const entity = entities.find((one) => keyOf(plain(one.uid)) === key);
    for (const parent of entity?.parents ?? []) found.add(keyOf(plain(parent)));
  }
  return found;
}

function meets(constraint: Constraint, type: string, self: string, lineage: Set<string>): boolean {
  const isIn = (uid: EntityJson['uid']) => lineage.has(keyOf(plain(uid)));
  switch (constraint.op) {
    case '==':
      return !('entity' in constraint) || keyOf(plain(constraint.entity)) === self;
    case 'in':
      if ('entities' in constraint) return constraint.entities.some(isIn);
      return !('entity' in constraint) || isIn(constraint.entity);
    case 'is':
      if (constraint.entity_type !== type) return false;
      return !constraint.in || !('entity' in constraint.in) || isIn(constraint.in.entity);
    default:
      return true;
  }
}

/**
 * Tells which policies' heads fit a request. Cedar looks at a policy's conditions only when its head fits, so one
 * whose head does not can neither permit, forbid nor fail: leaving it out changes no answer.
 */
export function headFilter(request: HeadRequest): (reach: PolicyReach) => boolean {
  const parts = (['principal', 'action', 'resource'] as const).map((name) => {
    const uid = request[name];
    const lineage = lineageOf(uid, request.entities);
    return { name, type: uid.type, self: keyOf(uid), lineage };
  });
  return ({ head }) =>
    parts.every(({ name, type, self, lineage }) => meets(head[name], type, self, lineage));
}
