import { type AccessRule, isSame, type Price, type SupportChannel, type Terms } from './known';
import { type Group, groupsIn, isGroup, textOf } from './shape';

/** Sets a field, or takes it away when there is nothing to say. */
export function put(group: Group, key: string, value: unknown): void {
  const isEmpty =
    value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  if (isEmpty) delete group[key];
  else group[key] = value;
}

/** Purpose and terms, which both standards keep in `description`; whatever else is there stays. */
export function overlayDescription(
  document: Group,
  was: { description?: string | undefined; terms: Terms },
  now: { description?: string | undefined; terms: Terms },
): void {
  const next: Group = isGroup(document.description) ? { ...document.description } : {};
  if (was.description !== now.description) put(next, 'purpose', now.description);
  for (const key of ['usage', 'limitations'] as const) {
    if (was.terms[key] !== now.terms[key]) put(next, key, now.terms[key]);
  }
  if (!isSame(was.terms.definitions ?? [], plain(now.terms.definitions))) {
    put(next, 'authoritativeDefinitions', overlayDefinitions(next.authoritativeDefinitions, now));
  }
  if (Object.keys(next).length > 0 || isGroup(document.description)) document.description = next;
}

const plain = (definitions: Terms['definitions'] = []) =>
  definitions.map(({ type, url }) => ({ type, url }));

/** Documents by their addresses; one that is known keeps what is not understood of it. */
function overlayDefinitions(list: unknown, { terms }: { terms: Terms }): Group[] {
  return plain(terms.definitions).map((one) => ({
    ...groupsIn(list).find(({ entry }) => entry.url === one.url)?.entry,
    ...one,
  }));
}

/** Channels by their names; one that is known keeps what is not understood of it. */
export function overlaySupport(
  list: unknown,
  was: readonly SupportChannel[],
  now: readonly SupportChannel[],
): unknown {
  if (isSame(was, now)) return list;
  return now.map((channel) => {
    const known = groupsIn(list).find(({ entry }) => entry.channel === channel.channel)?.entry;
    const before = was.find((one) => one.channel === channel.channel);
    return before && isSame(before, channel) ? known : { ...known, ...channel };
  });
}

export function overlayPrice(
  price: unknown,
  was: Price | undefined,
  now: Price | undefined,
): unknown {
  if (isSame(was, now)) return price;
  if (!now) return undefined;
  const { amount, currency, unit } = now;
  const next: Group = {
    ...(isGroup(price) ? price : {}),
    priceAmount: amount,
    priceCurrency: currency,
  };
  put(next, 'priceUnit', unit);
  return next;
}

export function overlayRoles(
  roles: unknown,
  was: readonly AccessRule[],
  now: readonly AccessRule[],
): unknown {
  if (isSame(was, now)) return roles;
  const before = new Map(was.map((rule) => [rule.role, rule]));
  const wanted = new Map(now.map((rule) => [rule.role, rule]));
  const kept = groupsIn(roles).flatMap(({ entry }) => {
    const name = textOf(entry.role) ?? '';
    const rule = wanted.get(name);
    wanted.delete(name);
    if (!rule) return before.has(name) ? [] : [entry];
    return isSame(rule, before.get(name))
      ? [entry]
      : [{ ...entry, access: rule.permissions.join(', ') }];
  });
  const added = [...wanted.values()].map(({ role, permissions }) => ({
    role,
    access: permissions.join(', '),
  }));
  return [...kept, ...added];
}

/** The person with the role owner, in either form of a team. */
export function overlayOwner(
  team: unknown,
  owner: Group | undefined,
  name: string | undefined,
  asGroup: boolean,
): unknown {
  if (!name || owner?.username === name) return team;
  const swap = (members: unknown): unknown[] => {
    const list: unknown[] = Array.isArray(members) ? members : [];
    if (!owner) return [...list, { username: name, role: 'owner' }];
    return list.map((member) => (member === owner ? { username: name, role: owner.role } : member));
  };
  if (Array.isArray(team)) return swap(team);
  if (isGroup(team)) return { ...team, members: swap(team.members) };
  return asGroup ? { members: swap([]) } : swap([]);
}
