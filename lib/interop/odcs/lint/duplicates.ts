import type { Findings, Path } from '../../findings';
import { type Group, groupsIn, isGroup, show, textOf } from '../../shape';
import { eachProperty, objectsOf } from '../walk';

/** Values that belong to somebody else's format. */
const FOREIGN = new Set([
  'value',
  'valueExt',
  'examples',
  'implementation',
  'arguments',
  'mustBe',
  'mustNotBe',
]);

/** Names and ids that have to be unique where they stand, and are not. */
export function lintDuplicates(contract: Group, out: Findings): void {
  everywhere(contract, [], out);
  repeated(contract.schema, ['schema'], 'name', (at, name) =>
    out.error(at, 'duplicate-name', `Two schema objects are called ${show(name)}. Rename one.`),
  );
  repeated(contract.servers, ['servers'], 'server', (at, name) =>
    out.error(at, 'duplicate-name', `Two servers are called ${show(name)}. Rename one.`),
  );
  repeated(contract.roles, ['roles'], 'role', (at, name) =>
    out.warn(at, 'duplicate-name', `The role ${show(name)} stands here twice. Merge the two.`),
  );
  const columns = (parent: Group, path: Path) =>
    repeated(parent.properties, [...path, 'properties'], 'name', (at, name) =>
      out.error(at, 'duplicate-name', `Two properties are called ${show(name)}. Rename one.`),
    );
  for (const { object, path } of objectsOf(contract)) {
    columns(object, path);
    eachProperty(object, path, columns);
  }
  const levels = new Map<string, number>();
  for (const { entry, index } of groupsIn(contract.slaProperties)) {
    const key = JSON.stringify([entry.property, entry.element, entry.driver]);
    if (levels.has(key)) {
      const message = `The service level ${show(entry.property)} stands here twice. Keep one.`;
      out.warn(['slaProperties', index, 'property'], 'duplicate-name', message);
    }
    levels.set(key, index);
  }
}

/** Stable ids in any list, and the names of custom properties. */
function everywhere(value: unknown, path: Path, out: Findings): void {
  if (Array.isArray(value)) {
    repeated(value, path, 'id', (at, id) =>
      out.error(
        at,
        'duplicate-id',
        `The id ${show(id)} is taken already in this list. Give each its own.`,
      ),
    );
    if (path.at(-1) === 'customProperties') {
      repeated(value, path, 'property', (at, name) =>
        out.error(
          at,
          'duplicate-name',
          `The custom property ${show(name)} stands here twice. Keep one.`,
        ),
      );
    }
    value.forEach((entry, index) => {
      everywhere(entry, [...path, index], out);
    });
    return;
  }
  if (!isGroup(value)) return;
  for (const [key, child] of Object.entries(value)) {
    if (typeof child === 'object' && !FOREIGN.has(key)) everywhere(child, [...path, key], out);
  }
}

function repeated(
  list: unknown,
  path: Path,
  key: string,
  complain: (at: Path, value: string) => void,
): void {
  const seen = new Set<string>();
  for (const { entry, index } of groupsIn(list)) {
    const value = textOf(entry[key]);
    if (value === undefined) continue;
    if (seen.has(value)) complain([...path, index, key], value);
    seen.add(value);
  }
}
