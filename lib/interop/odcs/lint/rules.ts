import { parseSchedule } from '@/lib/specs';
import type { Findings, Path } from '../../findings';
import { type Group, groupsIn, isGroup, show, textOf } from '../../shape';
import { METRICS } from '../quality-checks';
import { isSince, type OdcsVersion } from '../versions';
import { eachProperty, objectsOf, propertyAt } from '../walk';

/** Quality rules that can never hold, always hold, or lack what they compare with. */
export function lintRules(contract: Group, version: OdcsVersion, out: Findings): void {
  const isStrict = isSince(version, 'v3.1.0');
  const all = (parent: Group, path: Path, object: Group | null) => {
    const named = new Set<string>();
    for (const { entry, index } of groupsIn(parent.quality)) {
      const at = [...path, 'quality', index];
      lintRule(entry, at, isStrict, out);
      if (isStrict) lintMetric(entry, at, object, out);
      const name = textOf(entry.name);
      if (name && named.has(name)) {
        out.warn(
          [...at, 'name'],
          'duplicate-name',
          `Two rules here are called ${show(name)}. Rename one.`,
        );
      }
      if (name) named.add(name);
    }
  };
  for (const { object, path } of objectsOf(contract)) {
    all(object, path, object);
    eachProperty(object, path, (property, at) => all(property, at, null));
  }
}

function lintRule(rule: Group, path: Path, isStrict: boolean, out: Findings): void {
  if (isStrict && rule.rule !== undefined) {
    out.warn(
      [...path, 'rule'],
      'deprecated',
      'Since 3.1 a rule of the library names its metric. Use metric.',
    );
  }
  if (
    rule.scheduler === 'cron' &&
    typeof rule.schedule === 'string' &&
    !parseSchedule(rule.schedule)
  ) {
    const message = `${show(rule.schedule)} is not a cron line of five fields that is understood here.`;
    out.warn([...path, 'schedule'], 'bad-schedule', message);
  }
  for (const key of ['mustBeBetween', 'mustNotBeBetween']) {
    const ends = rule[key];
    if (!Array.isArray(ends) || ends.length !== 2 || !(ends[0] > ends[1])) continue;
    out.error(
      [...path, key],
      'impossible-threshold',
      `${ends[0]} is above ${ends[1]}. Write the smaller number first.`,
    );
  }
}

function lintMetric(rule: Group, path: Path, object: Group | null, out: Findings): void {
  const metric = METRICS.find((one) => one === rule.metric);
  if (!metric) return;
  const unit = textOf(rule.unit);
  if (unit !== undefined && unit !== 'rows' && unit !== 'percent') {
    out.warn(
      [...path, 'unit'],
      'unknown-unit',
      `${show(unit)} is no unit of a metric. Use rows or percent.`,
    );
  }
  lintThreshold(rule, path, unit === 'percent', out);
  const given = isGroup(rule.arguments) ? rule.arguments : {};
  const at: Path = [...path, 'arguments'];
  if (
    metric === 'invalidValues' &&
    given.validValues === undefined &&
    given.pattern === undefined
  ) {
    out.warn(
      at,
      'missing-argument',
      'What is valid is not said. Add arguments.validValues or arguments.pattern.',
    );
  }
  if (metric === 'missingValues' && given.missingValues === undefined) {
    out.warn(
      at,
      'missing-argument',
      'What counts as missing is not said. Add arguments.missingValues.',
    );
  }
  if (metric === 'rowCount' && object === null) {
    out.warn(
      [...path, 'metric'],
      'misplaced-rule',
      'Rows belong to the schema object. Move the rule there.',
    );
  }
  if (
    object &&
    (metric === 'nullValues' || metric === 'missingValues' || metric === 'invalidValues')
  ) {
    out.warn(
      [...path, 'metric'],
      'misplaced-rule',
      `${metric} looks at one property. Move the rule to it.`,
    );
  }
  if (object && Array.isArray(given.properties)) {
    given.properties.forEach((name, index) => {
      if (typeof name === 'string' && propertyAt(object, name.split('.'))) return;
      const message = `The object has no property ${show(name)}. Name one that it has.`;
      out.error([...at, 'properties', index], 'dangling-reference', message);
    });
  }
}

/** A count is 0 or more, a share 0 to 100: whatever lies outside can never, or will always, hold. */
function lintThreshold(rule: Group, path: Path, isPercent: boolean, out: Findings): void {
  const top = isPercent ? 100 : Number.POSITIVE_INFINITY;
  const what = isPercent ? 'A share lies between 0 and 100' : 'A count is never below 0';
  const never = (key: string) =>
    out.error(
      [...path, key],
      'impossible-threshold',
      `This can never hold. ${what}; correct the threshold.`,
    );
  const always = (key: string) =>
    out.warn(
      [...path, key],
      'idle-threshold',
      `This always holds. ${what}; correct the threshold.`,
    );
  const value = (key: string) => (typeof rule[key] === 'number' ? (rule[key] as number) : null);
  const be = rule.mustBe;
  if (be !== undefined) {
    const isFine =
      typeof be === 'number' && be >= 0 && be <= top && (isPercent || Number.isInteger(be));
    if (!isFine) never('mustBe');
  }
  const [above, least] = [value('mustBeGreaterThan'), value('mustBeGreaterOrEqualTo')];
  const [below, most] = [value('mustBeLessThan'), value('mustBeLessOrEqualTo')];
  if (above !== null && above >= top) never('mustBeGreaterThan');
  if (above !== null && above < 0) always('mustBeGreaterThan');
  if (least !== null && least > top) never('mustBeGreaterOrEqualTo');
  if (least !== null && least <= 0) always('mustBeGreaterOrEqualTo');
  if (below !== null && below <= 0) never('mustBeLessThan');
  if (below !== null && below > top) always('mustBeLessThan');
  if (most !== null && most < 0) never('mustBeLessOrEqualTo');
  if (most !== null && most >= top) always('mustBeLessOrEqualTo');
  const ends = rule.mustBeBetween;
  if (!Array.isArray(ends) || typeof ends[0] !== 'number' || typeof ends[1] !== 'number') return;
  if (ends[1] <= 0 || ends[0] >= top) never('mustBeBetween');
  else if (!isPercent && Math.floor(ends[0]) + 1 >= ends[1]) {
    const message = `The standard leaves the ends out, so no whole number lies between ${ends[0]} and ${ends[1]}. Widen the range by one on each side if the ends count.`;
    out.warn([...path, 'mustBeBetween'], 'empty-range', message);
  }
}
