import { qualityRule } from '@/lib/products/build-descriptor';
import { compareVersions } from '@/lib/products/contract-diff';
import type { DraftRule } from '@/lib/products/draft-data';
import { rulesOfDocument } from '@/lib/products/rules-of-document';
import { checkDocumentAs, type DataProduct, type SchemaField, sloTargets } from '@/lib/specs';
import { DECIDED_OF_FIELD, merge } from './dataproduct';
import type { ContractFormat } from './formats';
import { isSame, type Known, keyOf, knownOfProduct, TARGETS } from './known';
import { slugOf } from './names';
import { knownOfOdcs } from './odcs/import';
import { knownOfOdps } from './odps/convert';
import { type Group, isGroup, textOf } from './shape';

/** How the rows are made and shown: what a document leaves out of it stays as the product has it. */
const MAKING = [
  ...['source', 'processing', 'template', 'outputPorts', 'lineage'],
  ...['title', 'classification', 'documentation'],
];

/**
 * A live product's document as an outside document would have it: what that states is taken, what its format cannot
 * state stays. An export of the product gives back the product.
 */
export function descriptorOnto(
  current: DataProduct,
  format: ContractFormat,
  document: Group,
  object?: string | null,
): Group {
  if (format === 'dataproduct') return inOrder(ontoDocument(current, document));
  const known = format === 'odcs' ? knownOfOdcs(document, object) : knownOfOdps(document);
  const spec: Group = { ...current.spec, version: versionOnto(current, known.version) };
  if (known.title && known.title !== current.metadata.name) spec.title = known.title;
  if (known.description) spec.description = known.description;
  say(spec, 'tags', known.tags);
  say(
    spec,
    'terms',
    merge(spec.terms, known.terms, new Set(['usage', 'limitations', 'definitions'])),
  );
  say(spec, 'support', supportOnto(current, known, format));
  // A product document seldom says a price: there is no place for one in the standard.
  if (format === 'odcs' || known.price) say(spec, 'price', priceOnto(current, known));
  if (format === 'odcs') takeContract(spec, current, known);
  return inOrder({ ...current, spec });
}

function ontoDocument(current: DataProduct, document: Group): Group {
  const said = isGroup(document.spec) ? document.spec : {};
  const kept = MAKING.flatMap((key) => (key in current.spec ? [[key, current.spec[key]]] : []));
  const version = versionOnto(current, textOf(said.version));
  return { ...document, spec: { ...Object.fromEntries(kept), ...said, version } };
}

/** jsonb keeps no order of keys; the schema puts them back as the documents are written. */
function inOrder(document: Group): Group {
  const checked = checkDocumentAs('DataProduct', document);
  return checked.ok ? checked.document : document;
}

/** The document's own number when it is above the product's; otherwise it is counted up from the product's. */
function versionOnto({ spec }: DataProduct, version: string | undefined): string {
  const isPlain = version !== undefined && /^\d+\.\d+\.\d+$/.test(version);
  return isPlain && compareVersions(version, spec.version) > 0 ? version : spec.version;
}

/** What only a contract states, a product document does not. */
function takeContract(spec: Group, current: DataProduct, known: Known): void {
  spec.schema = fieldsOnto(current.spec.schema, known.fields);
  say(spec, 'quality', rulesOnto(current, known.quality));
  say(spec, 'slo', sloOnto(current, known.slo));
  // Roles whose access is said in words of other systems are no reason to take anybody's access away.
  if (known.access.length > 0) spec.access = known.access;
}

/** An empty part goes, unless it stood there empty. */
function say(spec: Group, key: string, part: object): void {
  if (Object.keys(part).length > 0 || isEmpty(spec[key])) spec[key] = part;
  else delete spec[key];
}
const isEmpty = (part: unknown) =>
  typeof part === 'object' && part !== null && Object.keys(part).length === 0;

const priceOnto = ({ spec }: DataProduct, { price }: Known): Group =>
  price ? merge(spec.price, price, new Set(['unit'])) : {};

/** The columns as the document has them, read from where they are read now. */
function fieldsOnto(held: readonly SchemaField[], fields: readonly SchemaField[]): Group[] {
  const before = new Map(held.map((field) => [field.name, field]));
  return fields.map((field) => {
    const was = before.get(field.name);
    const source = was && 'sourceName' in was ? { sourceName: was.sourceName } : {};
    return { ...merge(was, field, DECIDED_OF_FIELD), ...source };
  });
}

/** Rules that stay are written as they are now and stand first, in their order. */
function rulesOnto(current: DataProduct, rules: readonly DraftRule[]): unknown[] {
  const wanted = new Map(rules.map((rule) => [keyOf(rule), rule]));
  const kept = (current.spec.quality ?? []).filter((rule, at) => {
    const keys = rulesOfDocument(rule, at).map(keyOf);
    return keys.every((key) => wanted.has(key)) && keys.every((key) => wanted.delete(key));
  });
  const names = new Set(kept.map((rule) => rule.name));
  const added = [...wanted.values()].map((rule) => {
    let { name } = rule;
    for (let number = 2; names.has(name); number += 1) name = `${rule.name} ${number}`;
    names.add(name);
    return qualityRule({ ...rule, name });
  });
  return [...kept, ...added];
}

/** An objective of the same size keeps its words. */
function sloOnto(current: DataProduct, slo: Known['slo']): Group {
  const [was, now] = [sloTargets(current.spec.slo), sloTargets(slo)];
  const said = TARGETS.flatMap((target) => {
    if (slo[target] === undefined) return [];
    const size = ({ value, unit }: { value: number; unit: string }) => ({ value, unit });
    const [old, next] = [was[target], now[target]];
    const isKept = old && next && isSame(size(old), size(next));
    return [[target, isKept ? current.spec.slo?.[target] : slo[target]]];
  });
  return merge(current.spec.slo, Object.fromEntries(said), new Set(TARGETS));
}

/** A channel that says the same keeps what else is known of it. */
function supportOnto({ spec }: DataProduct, { support }: Known, format: ContractFormat): Group[] {
  const held = spec.support ?? [];
  const said = support.map((channel) => {
    const was = held.find((one) => one.channel === channel.channel);
    return was ? merge(was, channel, new Set(['url', 'tool', 'scope', 'description'])) : channel;
  });
  // A product document has no place for channels without an address.
  return format === 'odps' ? [...said, ...held.filter(({ url }) => url === undefined)] : said;
}

/** What the document says of the product itself and is not taken: a contract does not rename or give away. */
export function notTaken(
  current: DataProduct,
  format: ContractFormat,
  document: Group,
  object?: string | null,
): string[] {
  if (format === 'dataproduct') return [];
  const known = format === 'odcs' ? knownOfOdcs(document, object) : knownOfOdps(document);
  const mine = knownOfProduct(current, 'production');
  const differs = (key: 'name' | 'domain') =>
    known[key] !== undefined && ![mine[key], mine.title].includes(slugOf(known[key]) ?? known[key]);
  return [
    ...(differs('name') ? [`It is called "${known.name}"; the product stays ${mine.name}.`] : []),
    ...(differs('domain')
      ? [`It is of the domain "${known.domain}"; the product stays in ${mine.domain}.`]
      : []),
    ...(known.owner && known.owner !== mine.owner
      ? [`It names ${known.owner} as owner; the product keeps ${mine.owner}.`]
      : []),
  ];
}
