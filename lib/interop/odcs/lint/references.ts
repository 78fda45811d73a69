import type { Findings, Path } from '../../findings';
import { type Group, groupsIn, show, textOf } from '../../shape';
import { QUALIFIED, SHORTHAND } from '../relationships';
import { isSince, type OdcsVersion } from '../versions';
import { eachProperty, objectNamed, objectsOf, propertyAt } from '../walk';

/** What a reference names: found, an object that is not there, a column that its object does not have. */
type Target = 'found' | 'elsewhere' | 'no-object' | 'no-column';

function resolve(contract: Group, reference: string): Target {
  if (SHORTHAND.test(reference)) {
    const [name = '', ...steps] = reference.split('.');
    const object = objectNamed(contract, name);
    if (!object) return 'no-object';
    return propertyAt(object, steps) ? 'found' : 'no-column';
  }
  if (reference.includes('#')) return 'elsewhere';
  const [section, name = '', ...rest] = reference.replace(/^\//, '').split('/');
  if (section !== 'schema') return 'no-object';
  const object = objectNamed(contract, name);
  if (!object) return 'no-object';
  const steps = rest.filter((_, index) => index % 2 === 1);
  return propertyAt(object, steps) ? 'found' : 'no-column';
}

/** Relationships whose ends are not in the contract. */
export function lintRelationships(contract: Group, version: OdcsVersion, out: Findings): void {
  for (const { object, path } of objectsOf(contract)) {
    for (const { entry, index } of groupsIn(object.relationships)) {
      const at = [...path, 'relationships', index];
      checkEnd(contract, version, entry.from, [...at, 'from'], out);
      checkEnd(contract, version, entry.to, [...at, 'to'], out);
      checkPair(entry, at, out);
    }
    eachProperty(object, path, (property, where) => {
      for (const { entry, index } of groupsIn(property.relationships)) {
        checkEnd(contract, version, entry.to, [...where, 'relationships', index, 'to'], out);
      }
    });
  }
}

function checkPair({ from, to }: Group, path: Path, out: Findings): void {
  if (!Array.isArray(from) || !Array.isArray(to) || from.length === to.length) return;
  const message = `The key has ${from.length} columns on one side and ${to.length} on the other. Name as many on both.`;
  out.error([...path, 'to'], 'uneven-key', message);
}

function checkEnd(
  contract: Group,
  version: OdcsVersion,
  end: unknown,
  path: Path,
  out: Findings,
): void {
  const all = Array.isArray(end) ? end : [end];
  all.forEach((reference, index) => {
    // What is no reference at all is said by the schema.
    if (typeof reference !== 'string') return;
    if (!SHORTHAND.test(reference) && !QUALIFIED.test(reference)) return;
    const at = Array.isArray(end) ? [...path, index] : path;
    const target = resolve(contract, reference);
    if (target === 'no-object') {
      const message = `${show(reference)} names no schema object of this contract. Name one, or write file.yaml#schema/<id> for another contract.`;
      out.error(at, 'dangling-reference', message);
    } else if (target === 'no-column') {
      const message = `${show(reference)} names no property that the object has. Name one of its properties.`;
      // 3.2 is not released, and how it names nested properties still moves.
      if (isSince(version, 'v3.2.0')) out.warn(at, 'dangling-reference', message);
      else out.error(at, 'dangling-reference', message);
    }
  });
}

/** Service levels for a table or a column that the contract does not describe. */
export function lintSlaElements(contract: Group, out: Findings): void {
  if (objectsOf(contract).length === 0) return;
  const check = (value: unknown, path: Path) => {
    for (const part of textOf(value)?.split(',') ?? []) {
      const element = part.trim();
      if (isElement(contract, element)) continue;
      const message = `${show(element)} is neither a schema object of this contract nor a property of one. Name one as object or object.property.`;
      out.error(path, 'dangling-element', message);
    }
  };
  check(contract.slaDefaultElement, ['slaDefaultElement']);
  for (const { entry, index } of groupsIn(contract.slaProperties)) {
    check(entry.element, ['slaProperties', index, 'element']);
  }
}

function isElement(contract: Group, element: string): boolean {
  if (element === '*' || element.includes('#')) return true;
  if (element.includes('/')) return resolve(contract, element) === 'found';
  const steps = element.split('.');
  const object = objectNamed(contract, steps[0] ?? '');
  if (object && propertyAt(object, steps.slice(1))) return true;
  return objectsOf(contract).some((one) => propertyAt(one.object, steps) !== undefined);
}
