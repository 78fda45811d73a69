import {
  AppError,
  type Ctx,
  type DomainRole,
  db,
  isHearing,
  listen,
  newId,
  now,
  type PlatformRole,
  type UserActor,
} from '@/lib/core';
import { hashToken, TOKEN_PREFIX } from './token-secret';

/** A person as the caches hold them; `epoch` ends sessions that began under an older one. */
interface Person {
  actor: UserActor;
  epoch: number;
  /** When a role that they hold for some hours ends. */
  until: number;
}
interface HeldToken {
  id: string;
  userId: string;
  scopes: string[];
  expiresAt: Date;
  touchedAt: number;
}
interface Held<T> {
  value: T;
  until: number;
}
interface Caches {
  people: Map<string, Held<Person>>;
  tokens: Map<string, Held<HeldToken>>;
  /** Raised by every notification: what was read before it must not be stored after it. */
  generation: number;
  listening?: Promise<unknown>;
}

/** Notifications drop what changed; the time limit bounds what nobody announced. */
const KEEP_MS = 15_000;
const MAX_HELD = 10_000;
const TOUCH_MS = 60_000;

const store = globalThis as { __portolanActors?: Caches };

function caches(): Caches {
  store.__portolanActors ??= { people: new Map(), tokens: new Map(), generation: 0 };
  const held = store.__portolanActors;
  held.listening ??= listen('portolan_access', forgetPerson);
  return held;
}

/** Drops what is held of one person, or of everybody when `userId` is ''. */
export function forgetPerson(userId: string): void {
  const held = store.__portolanActors;
  if (!held) return;
  held.generation += 1;
  if (userId === '') {
    held.people.clear();
    held.tokens.clear();
    return;
  }
  held.people.delete(userId);
  for (const [hash, { value }] of held.tokens)
    if (value.userId === userId) held.tokens.delete(hash);
}

async function through<T>(
  map: Map<string, Held<T>>,
  key: string,
  read: () => Promise<T | null>,
  endOf: (value: T) => number = () => Number.POSITIVE_INFINITY,
): Promise<T | null> {
  const held = caches();
  const found = map.get(key);
  if (found && found.until > now().getTime() && isHearing()) return found.value;
  await held.listening;
  const { generation } = held;
  const value = await read();
  if (value === null) return null;
  if (map.size >= MAX_HELD) map.clear();
  const until = Math.min(now().getTime() + KEEP_MS, endOf(value));
  if (held.generation === generation) map.set(key, { value, until });
  return value;
}

async function readPerson(userId: string): Promise<Person | null> {
  const user = await db().user.findUnique({
    where: { id: userId, disabledAt: null },
    select: {
      id: true,
      email: true,
      name: true,
      platformRoles: true,
      sessionEpoch: true,
      elevations: {
        where: { status: 'active', endsAt: { gt: now() } },
        select: { role: true, endsAt: true, domain: { select: { id: true, name: true } } },
      },
      memberships: {
        where: { domain: { archivedAt: null } },
        select: { domainId: true, role: true, domain: { select: { name: true } } },
        orderBy: { domain: { name: 'asc' } },
      },
    },
  });
  if (!user) return null;
  const { id, email, name } = user;
  const memberships = user.memberships.map(({ domainId, role, domain }) => ({
    domainId,
    domain: domain.name,
    role: role as DomainRole,
  }));
  const platformRoles = user.platformRoles as PlatformRole[];
  const standing: UserActor = { type: 'user', id, email, name, platformRoles, memberships };
  const ends = user.elevations.map(({ endsAt }) => endsAt?.getTime() ?? 0);
  return {
    actor: elevated(standing, user.elevations),
    epoch: user.sessionEpoch,
    until: Math.min(...ends, Number.POSITIVE_INFINITY),
  };
}

/** What the person holds for some hours comes on top of what they always hold; in a domain, while they are a member. */
function elevated(
  actor: UserActor,
  elevations: readonly { role: string; domain: { id: string; name: string } | null }[],
): UserActor {
  let { memberships, platformRoles } = actor;
  for (const { role, domain } of elevations) {
    if (!domain) platformRoles = [...new Set([...platformRoles, role as PlatformRole])];
    else if (memberships.some((one) => one.domainId === domain.id)) {
      const others = memberships.filter((one) => one.domainId !== domain.id);
      memberships = [
        ...others,
        { domainId: domain.id, domain: domain.name, role: role as DomainRole },
      ];
    }
  }
  return { ...actor, memberships, platformRoles };
}

/** The person as they are now; null when unknown or disabled. */
export async function findPerson(userId: string): Promise<Person | null> {
  return through(
    caches().people,
    userId,
    () => readPerson(userId),
    (person) => person.until,
  );
}

async function readToken(tokenHash: string): Promise<HeldToken | null> {
  const token = await db().apiToken.findUnique({ where: { tokenHash, revokedAt: null } });
  if (!token) return null;
  const { id, userId, scopes, expiresAt, lastUsedAt } = token;
  return { id, userId, scopes, expiresAt, touchedAt: lastUsedAt?.getTime() ?? 0 };
}

/** Notes the use at most once a minute, whoever else notes it at the same time. */
async function touch(token: HeldToken): Promise<void> {
  const at = now();
  if (at.getTime() - token.touchedAt < TOUCH_MS) return;
  token.touchedAt = at.getTime();
  await db().apiToken.updateMany({
    where: {
      id: token.id,
      OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: new Date(at.getTime() - TOUCH_MS) } }],
    },
    data: { lastUsedAt: at },
  });
}

const badToken = (why: string) =>
  new AppError('unauthenticated', `${why} Create one under Settings, API tokens.`);

/** @throws AppError unauthenticated when the token is unknown, revoked, expired, or its person disabled. */
export async function actorForToken(secret: string): Promise<UserActor> {
  const hash = secret.startsWith(TOKEN_PREFIX) ? hashToken(secret) : null;
  const token = hash && (await through(caches().tokens, hash, () => readToken(hash)));
  if (!token) throw badToken('This API token is unknown or was revoked.');
  if (token.expiresAt <= now()) {
    throw badToken(`This API token expired on ${token.expiresAt.toISOString().slice(0, 10)}.`);
  }
  const person = await findPerson(token.userId);
  if (!person) throw badToken('The person this API token belongs to is disabled.');
  await touch(token);
  return { ...person.actor, token: { id: token.id, scopes: token.scopes } };
}

/** Acts for a person outside a request: commands, seeds, workflows. */
export async function ctxForUser(userId: string): Promise<Ctx> {
  const person = await findPerson(userId);
  if (!person) throw new AppError('not_found', `No active person has the id ${userId}.`);
  return { actor: person.actor, requestId: newId(), via: 'system' };
}
