import type { Ctx } from '@/lib/core';
import type { SchemaField } from '@/lib/specs';
import type { Finding } from './findings';
import type { ContractFormat } from './formats';
import type { Known, Price, SupportChannel } from './known';
import { linkOf } from './link';
import { chosenObject, itemsOf } from './odcs/import';
import { objectsOf } from './odcs/walk';
import { contractSource, exportAs } from './product-contract';
import { readContract } from './read-contract';
import { type Group, groupsIn, isGroup, textOf } from './shape';
import type { StoredContract } from './stored';

export interface ColumnView {
  /** Dotted for members of structs and of lists. */
  path: string;
  depth: number;
  field: SchemaField;
  /** What the imported contract says beside it: its name in business, its classification, where it is defined. */
  semantics: { label: string; text: string; href?: string | undefined }[];
  constraints: string[];
}
export interface KeptRule {
  name: string;
  column: string | null;
  text: string;
  /** Why it is not run. */
  reason: string;
}
export interface ServiceLevel {
  property: string;
  value: string;
  element: string | null;
  description: string | null;
}
/** The contract of a product as its tab shows it. */
export interface ContractView {
  imported: { format: ContractFormat; version: string; object: string | null; at: string } | null;
  id: string;
  version: string;
  columns: ColumnView[];
  rules: Known['quality'];
  keptRules: KeptRule[];
  levels: ServiceLevel[];
  terms: { label: string; text: string; href?: string | undefined }[];
  support: (SupportChannel & { href?: string | undefined })[];
  price: Price | null;
  roles: { role: string; access: string; approvers: string }[];
  /** Schema objects of the imported contract that are not this product's. */
  otherObjects: string[];
  /** What the lint says of the contract as it would be exported now. */
  findings: Finding[];
}

/** @throws AppError as `productContract` */
export async function contractView(
  ctx: Ctx,
  domain: string,
  name: string,
  chosen?: string,
): Promise<ContractView> {
  const source = await contractSource(ctx, domain, name, chosen);
  const { known, stored } = source;
  const { document, yaml } = await exportAs(source, 'odcs');
  const base = stored.find((one) => one.format === 'odcs');
  const object = chosenObject(document, base?.object)?.object ?? {};
  const others = objectsOf(document)
    .filter((one) => one.object !== object)
    .map((one) => textOf(one.object.name) ?? '');
  return {
    imported: stored[0] ? importOf(stored[0]) : null,
    id: String(document.id),
    version: String(document.version),
    columns: columnsOf(known.fields, object, '', 0),
    rules: known.quality,
    keptRules: itemsOf(object).flatMap(({ item, column, mapped }) =>
      'reason' in mapped
        ? [{ name: ruleName(item), column, text: ruleText(item), reason: mapped.reason }]
        : [],
    ),
    levels: groupsIn(document.slaProperties).map(({ entry }) => levelView(entry)),
    terms: [...termsView(document), ...definitionsView(known.terms)],
    support: known.support.map((channel) => ({ ...channel, href: linkOf(channel.url) })),
    price: known.price ?? null,
    roles: groupsIn(document.roles).map(({ entry }) => ({
      role: String(entry.role),
      access: textOf(entry.access) ?? '',
      approvers: [entry.firstLevelApprovers, entry.secondLevelApprovers]
        .flatMap((who) => textOf(who) ?? [])
        .join(', '),
    })),
    otherObjects: others,
    findings: readContract(yaml).findings,
  };
}

const importOf = ({ format, version, object, importedAt }: StoredContract) => ({
  format,
  version,
  object,
  at: importedAt,
});

const ruleName = (item: Group): string =>
  textOf(item.name) ??
  textOf(item.metric) ??
  textOf(item.rule) ??
  `${textOf(item.type) ?? 'A'} rule`;

function ruleText(item: Group): string {
  const said = textOf(item.description) ?? textOf(item.query);
  if (said) return said;
  const { implementation } = item;
  return typeof implementation === 'string' ? implementation : '';
}

function levelView(level: Group): ServiceLevel {
  const unit = textOf(level.unit) ?? '';
  const value = String(level.value ?? '');
  return {
    property: String(level.property),
    value: value.endsWith(unit) ? value : `${value}${unit === '%' ? '' : ' '}${unit}`,
    element: textOf(level.element) ?? null,
    description: textOf(level.description) ?? null,
  };
}

function termsView(document: Group): { label: string; text: string }[] {
  const description = isGroup(document.description) ? document.description : {};
  const named = [
    ['Purpose', description.purpose],
    ['Usage', description.usage],
    ['Limitations', description.limitations],
  ] as const;
  return named.flatMap(([label, value]) => {
    const text = textOf(value);
    return text ? [{ label, text }] : [];
  });
}

const definitionsView = ({ definitions = [] }: Known['terms']): ContractView['terms'] =>
  definitions.map(({ type, url }) => ({ label: type, text: url, href: linkOf(url) }));

function columnsOf(
  fields: readonly SchemaField[],
  parent: Group,
  prefix: string,
  depth: number,
): ColumnView[] {
  const inner = isGroup(parent.items) ? parent.items : parent;
  const properties = groupsIn(inner.properties).map(({ entry }) => entry);
  return fields.flatMap((field) => {
    const property = properties.find(({ name }) => name === field.name) ?? {};
    const path = prefix + field.name;
    const members = field.fields ?? field.items?.fields ?? [];
    return [
      {
        path,
        depth,
        field,
        semantics: semanticsOf(property),
        constraints: constraintsOf(property),
      },
      ...columnsOf(members, property, `${path}.`, depth + 1),
    ];
  });
}

function semanticsOf(property: Group): ColumnView['semantics'] {
  const said = [
    ['Business name', property.businessName],
    ['Classification', property.classification],
    ['Physical name', property.physicalName],
    ['Encrypted as', property.encryptedName],
  ] as const;
  const words = said.flatMap(([label, value]) => {
    const text = textOf(value);
    return text ? [{ label, text }] : [];
  });
  const tags = (Array.isArray(property.tags) ? property.tags : []).filter(
    (tag): tag is string => typeof tag === 'string' && !/^pii$/i.test(tag),
  );
  const definitions = groupsIn(property.authoritativeDefinitions).map(({ entry }) => ({
    label: textOf(entry.type) ?? 'Definition',
    text: textOf(entry.url) ?? '',
    href: linkOf(textOf(entry.url)),
  }));
  const tagged = tags.length > 0 ? [{ label: 'Tags', text: tags.join(', ') }] : [];
  return [...words, ...tagged, ...definitions];
}

const PLAIN_WORDS: Record<string, string> = {
  minLength: 'at least {} characters',
  maxLength: 'at most {} characters',
  minimum: 'at least {}',
  maximum: 'at most {}',
  exclusiveMinimum: 'above {}',
  exclusiveMaximum: 'below {}',
  multipleOf: 'a multiple of {}',
  pattern: 'matches {}',
  format: 'format {}',
  minItems: 'at least {} entries',
  maxItems: 'at most {} entries',
};

function constraintsOf(property: Group): string[] {
  const options = isGroup(property.logicalTypeOptions) ? property.logicalTypeOptions : {};
  const bounds = Object.entries(options).flatMap(([key, value]) => {
    const words = PLAIN_WORDS[key];
    return words ? [words.replace('{}', String(value))] : [];
  });
  const related = groupsIn(property.relationships).flatMap(({ entry }) =>
    entry.to === undefined ? [] : [`refers to ${[entry.to].flat().join(', ')}`],
  );
  const values = groupsIn(property.enum).map(({ entry }) => String(entry.value));
  const listed = values.length > 0 ? [`one of ${values.join(', ')}`] : [];
  return [...bounds, ...listed, ...related];
}
