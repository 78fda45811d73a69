import { rulesOfDocument } from '@/lib/products/rules-of-document';
import { checkDocumentAs, type DataProduct, type QualityRule } from '@/lib/specs';
import { keyOf } from './known';
import { type Group, groupsIn, isGroup, textOf } from './shape';

/** The fields that a draft decides: what it leaves out was taken away. */
const DECIDED = new Set([
  'title',
  'classification',
  'tags',
  'template',
  'quality',
  'slo',
  'access',
  'documentation',
  'terms',
  'support',
  'price',
]);
export const DECIDED_OF_FIELD = new Set([
  'description',
  'pii',
  'primaryKey',
  'required',
  'unique',
  'precision',
  'scale',
  'timezone',
  'items',
  'fields',
  'sourceName',
]);

/** The descriptor, over the document that it began with: fields that are not known here stay. */
export function overlayDataProduct(imported: Group | null, descriptor: DataProduct): Group {
  // jsonb keeps no order of keys; the schema puts them back as the documents are written.
  const checked = checkDocumentAs('DataProduct', descriptor);
  const now: Group = checked.ok ? checked.document : descriptor;
  if (!imported) return now;
  const spec = merge(imported.spec, now.spec, DECIDED);
  const before = isGroup(imported.spec) ? imported.spec.schema : [];
  const columns = new Map(groupsIn(before).map(({ entry }) => [textOf(entry.name) ?? '', entry]));
  spec.schema = groupsIn(spec.schema).map(({ entry }) =>
    merge(columns.get(String(entry.sourceName ?? entry.name)), entry, DECIDED_OF_FIELD),
  );
  if (Array.isArray(spec.quality)) {
    const written = isGroup(imported.spec) ? imported.spec.quality : [];
    spec.quality = rulesAsWritten(written, spec.quality as Group[]);
  }
  return {
    ...imported,
    ...now,
    metadata: merge(imported.metadata, now.metadata, new Set()),
    spec,
  };
}

/** Rules that are still what the imported document wrote stay written so, with fields that are not known here. */
function rulesAsWritten(imported: unknown, now: readonly Group[]): Group[] {
  const single = new Map(
    now.flatMap((entry, index) => {
      const [rule, ...others] = rulesOfDocument(entry as QualityRule, index);
      return rule && others.length === 0 ? [[keyOf(rule), entry] as const] : [];
    }),
  );
  const written = new Map<Group, Group[]>();
  for (const { entry, index } of groupsIn(imported)) {
    const keys = rulesOfDocument(entry as QualityRule, index).map(keyOf);
    if (!keys.every((key) => single.has(key))) continue;
    for (const [at, key] of keys.entries()) {
      written.set(single.get(key)!, at === 0 ? [entry] : []);
      single.delete(key);
    }
  }
  return now.flatMap((entry) => written.get(entry) ?? [entry]);
}

/** What is said now over what was said before; of `decided` keys, those that are not said any more go. */
export function merge(before: unknown, now: unknown, decided: ReadonlySet<string>): Group {
  const next: Group = isGroup(now) ? now : {};
  const kept = Object.entries(isGroup(before) ? before : {}).filter(
    ([key]) => key in next || !decided.has(key),
  );
  return { ...Object.fromEntries(kept), ...next };
}
