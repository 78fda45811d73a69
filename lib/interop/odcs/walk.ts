import type { Path } from '../findings';
import { type Group, groupsIn, isGroup } from '../shape';

/** The schema objects of a contract. */
export function objectsOf(contract: Group): { object: Group; path: Path }[] {
  return groupsIn(contract.schema).map(({ entry, index }) => ({
    object: entry,
    path: ['schema', index],
  }));
}

/** The properties directly below an object or a property: its own, those of its items, a map's. */
export function propertiesOf(parent: Group, path: Path): { property: Group; path: Path }[] {
  const own = groupsIn(parent.properties).map(({ entry, index }) => ({
    property: entry,
    path: [...path, 'properties', index],
  }));
  const inner = (property: unknown, ...steps: string[]) =>
    isGroup(property) ? [{ property, path: [...path, ...steps] }] : [];
  const map = isGroup(parent.map) ? parent.map : {};
  return [
    ...own,
    ...inner(parent.items, 'items'),
    ...inner(map.key, 'map', 'key'),
    ...inner(map.value, 'map', 'value'),
  ];
}

/** Every property below, nested ones too. */
export function eachProperty(
  parent: Group,
  path: Path,
  visit: (property: Group, path: Path) => void,
): void {
  for (const child of propertiesOf(parent, path)) {
    visit(child.property, child.path);
    eachProperty(child.property, child.path, visit);
  }
}

const names = (group: Group, keys: readonly string[], name: string): boolean =>
  keys.some((key) => group[key] === name);

/** The property that a dotted path leads to; a list's items stand for the list. */
export function propertyAt(parent: Group, steps: readonly string[]): Group | undefined {
  return steps.reduce<Group | undefined>((at, step) => at && childNamed(at, step), parent);
}

function childNamed(parent: Group, name: string): Group | undefined {
  const inner = isGroup(parent.items) ? parent.items : {};
  return [...groupsIn(parent.properties), ...groupsIn(inner.properties)].find(({ entry }) =>
    names(entry, ['name', 'physicalName', 'id'], name),
  )?.entry;
}

export function objectNamed(contract: Group, name: string): Group | undefined {
  const keys = ['name', 'physicalName', 'id'];
  return objectsOf(contract).find(({ object }) => names(object, keys, name))?.object;
}
