import { identifierSchema, permissionsSchema } from '@/lib/specs';
import {
  type AccessRule,
  type Known,
  keyOf,
  type Price,
  type SupportChannel,
  type Terms,
} from '../known';
import { type Group, groupsIn, isGroup, textOf } from '../shape';
import { fieldOf } from './fields';
import { sloOf } from './levels';
import { type MappedRule, ruleOfItem } from './rules';
import { objectsOf } from './walk';

/** The schema object that a product stands for: the one that is named, else the first with properties. */
export function chosenObject(
  contract: Group,
  name?: string | null,
): { object: Group; index: number } | null {
  const all = objectsOf(contract).map(({ object }, index) => ({ object, index }));
  const named = name ? all.find(({ object }) => object.name === name) : undefined;
  return (
    named ?? all.find(({ object }) => groupsIn(object.properties).length > 0) ?? all[0] ?? null
  );
}

export interface ItemRule {
  item: Group;
  /** The column of a property's own item; null for the object's. */
  column: string | null;
  mapped: MappedRule;
}

/** The quality items of an object and of its properties, each with its rule or why it has none. */
export function itemsOf(object: Group): ItemRule[] {
  const table = textOf(object.name) ?? '';
  const of = (parent: Group, column: string | null) =>
    groupsIn(parent.quality).map(({ entry }) => ({
      item: entry,
      column,
      mapped: ruleOfItem(entry, { table, column }),
    }));
  const properties = groupsIn(object.properties).map(({ entry }) => entry);
  const names = new Set(properties.map((property) => fieldOf(property).name));
  const own = of(object, null).map((one) => {
    const column = 'rule' in one.mapped ? one.mapped.rule.column : undefined;
    if (column === undefined || names.has(column)) return one;
    return { ...one, mapped: { reason: `The object has no property "${column}".` } };
  });
  return [...own, ...properties.flatMap((property) => of(property, fieldOf(property).name))];
}

const OWNER = /^(?:data |product |data product |business )?owner$/i;

/** The members of a team in either form: 3.0's list, or the members of the group since 3.1. */
export const membersOf = (team: unknown): Group[] =>
  groupsIn(isGroup(team) ? team.members : team).map(({ entry }) => entry);

export const ownerIn = (team: unknown): Group | undefined =>
  membersOf(team).find(
    ({ role, username, dateOut }) =>
      typeof role === 'string' &&
      OWNER.test(role) &&
      typeof username === 'string' &&
      dateOut === undefined,
  );

export function supportOf(list: unknown): SupportChannel[] {
  return groupsIn(list)
    .flatMap(({ entry }) => {
      const channel = textOf(entry.channel)?.slice(0, 200);
      if (!channel?.trim()) return [];
      const url = textOf(entry.url) ?? textOf(entry.invitationUrl);
      const more = Object.fromEntries(
        ['tool', 'scope', 'description'].flatMap((key) => {
          const value = textOf(entry[key])?.slice(0, 200);
          return value?.trim() ? [[key, value]] : [];
        }),
      );
      return [{ channel, ...(url && { url: url.slice(0, 2000) }), ...more }];
    })
    .slice(0, 20);
}

export function priceOf(price: unknown): Price | undefined {
  if (!isGroup(price)) return undefined;
  const { priceAmount: amount, priceCurrency: currency } = price;
  if (typeof amount !== 'number' || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
    return undefined;
  const unit = textOf(price.priceUnit)?.slice(0, 200);
  return { amount, currency, ...(unit?.trim() && { unit }) };
}

export function termsOf(description: unknown): Terms {
  if (!isGroup(description)) return {};
  const said = ['usage', 'limitations'].flatMap((key) => {
    const value = textOf(description[key])?.slice(0, 5000);
    return value?.trim() ? [[key, value]] : [];
  });
  const definitions = definitionsOf(description.authoritativeDefinitions);
  return { ...Object.fromEntries(said), ...(definitions.length > 0 && { definitions }) };
}

/** Documents that the standard calls authoritative, such as a privacy statement. */
function definitionsOf(list: unknown): NonNullable<Terms['definitions']> {
  return groupsIn(list)
    .flatMap(({ entry }) => {
      const [type, url] = [textOf(entry.type)?.slice(0, 200), textOf(entry.url)];
      return type?.trim() && url && url.length <= 2000 ? [{ type, url }] : [];
    })
    .slice(0, 20);
}

/** Roles whose access is said in permissions that are known here. */
export function accessOf(roles: unknown): AccessRule[] {
  return groupsIn(roles).flatMap(({ entry }) => {
    const role = identifierSchema.safeParse(entry.role).data;
    const words =
      textOf(entry.access)
        ?.toLowerCase()
        .split(/[,;/\s]+/)
        .filter(Boolean) ?? [];
    const permissions = permissionsSchema.safeParse(words).data;
    return role && permissions ? [{ role, permissions }] : [];
  });
}

export const tagsOf = (tags: unknown): string[] =>
  (Array.isArray(tags) ? tags : [])
    .filter(
      (tag): tag is string => typeof tag === 'string' && tag.trim() !== '' && tag.length <= 50,
    )
    .slice(0, 30);

/** The product's name, as the contract has it. */
export const calledOf = (contract: Group, object: Group): string | undefined =>
  textOf(contract.dataProduct) ?? textOf(contract.name) ?? textOf(object.name);

/** What is understood of a contract, about one of its schema objects. */
export function knownOfOdcs(contract: Group, objectName?: string | null): Known {
  const chosen = chosenObject(contract, objectName);
  const object = chosen?.object ?? {};
  const description = isGroup(contract.description) ? contract.description : {};
  const price = priceOf(contract.price);
  const said = {
    name: calledOf(contract, object),
    title: (textOf(contract.name) ?? textOf(object.businessName))?.slice(0, 200),
    description: (textOf(description.purpose) ?? textOf(object.description))?.slice(0, 5000),
    domain: textOf(contract.domain),
    owner: textOf(ownerIn(contract.team)?.username),
    version: textOf(contract.version),
    status: textOf(contract.status),
  };
  const rules = itemsOf(object).flatMap(({ mapped }) => ('rule' in mapped ? [mapped.rule] : []));
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value?.trim())),
    tags: tagsOf(contract.tags),
    fields: groupsIn(object.properties).map(({ entry }) => fieldOf(entry)),
    quality: [...new Map(rules.map((rule) => [keyOf(rule), rule])).values()],
    slo: sloOf(contract.slaProperties),
    terms: termsOf(description),
    support: supportOf(contract.support),
    ...(price && { price }),
    access: accessOf(contract.roles),
  };
}
