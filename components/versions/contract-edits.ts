import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';

export interface FormField {
  name: string;
  type: string;
  isRequired: boolean;
  isPii: boolean;
  description: string;
}
/** Terms, support and price as the text has them, whatever that is. */
type Promises = Partial<Record<'terms' | 'support' | 'price', unknown>>;
export interface ContractForm {
  description: string;
  tags: string[];
  promises: Promises;
  fields: FormField[];
  /** The transformation's SQL; null for products that are not made by one. */
  sql: string | null;
}

const SCHEMA = ['spec', 'schema'];

/** What the form shows of the text; null while the text cannot be read. */
export function formOf(yaml: string): ContractForm | null {
  const document = parseDocument(yaml);
  const schema = document.getIn(SCHEMA);
  if (document.errors.length > 0 || !isSeq(schema)) return null;
  const sql = document.getIn(['spec', 'source', 'sql']);
  const { terms, support, price, tags } = (
    document.toJS() as { spec: Promises & { tags?: unknown } }
  ).spec;
  return {
    description: String(document.getIn(['spec', 'description']) ?? ''),
    tags: Array.isArray(tags) ? tags.map(String) : [],
    promises: { terms, support, price },
    sql: typeof sql === 'string' ? sql : null,
    fields: schema.items.filter(isMap).map((field) => ({
      name: String(field.get('name') ?? ''),
      type: String(field.get('type') ?? ''),
      isRequired: field.get('required') === true,
      isPii: field.get('pii') === true,
      description: String(field.get('description') ?? ''),
    })),
  };
}

/** Sets one value; `undefined` takes the key away. Comments and the rest of the text stay. */
function edit(yaml: string, path: (string | number)[], value: unknown): string {
  const document = parseDocument(yaml);
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, value);
  return document.toString({ lineWidth: 0 });
}

export const setDescription = (yaml: string, text: string): string =>
  edit(yaml, ['spec', 'description'], text);

export const setTags = (yaml: string, tags: string[]): string =>
  edit(yaml, ['spec', 'tags'], tags.length > 0 ? tags : undefined);

export const setPromise = (yaml: string, part: keyof Promises, value: unknown): string =>
  edit(yaml, ['spec', part], value);

export const setSql = (yaml: string, sql: string): string =>
  edit(yaml, ['spec', 'source', 'sql'], sql);

export function setField(yaml: string, at: number, change: Partial<FormField>): string {
  let text = yaml;
  const place = (key: string) => [...SCHEMA, at, key];
  if (change.type !== undefined) text = edit(text, place('type'), change.type);
  if (change.description !== undefined) {
    text = edit(text, place('description'), change.description || undefined);
  }
  if (change.isRequired !== undefined) {
    text = edit(text, place('required'), change.isRequired || undefined);
  }
  if (change.isPii !== undefined) text = edit(text, place('pii'), change.isPii || undefined);
  if (change.name !== undefined) text = rename(text, at, change.name);
  return text;
}

/** A field with a new name is still read from the source's old column, until that is said otherwise. */
function rename(yaml: string, at: number, name: string): string {
  const document = parseDocument(yaml);
  const field = [...SCHEMA, at];
  const source = document.getIn([...field, 'sourceName']) ?? document.getIn([...field, 'name']);
  const isSql = document.getIn(['spec', 'source', 'type']) === 'sql';
  followRename(document, document.getIn([...field, 'name']), name);
  document.setIn([...field, 'name'], name);
  if (source === name || isSql) document.deleteIn([...field, 'sourceName']);
  else document.setIn([...field, 'sourceName'], source);
  return document.toString({ lineWidth: 0 });
}

/** Rules name columns by their names. */
function followRename(document: Document, from: unknown, to: string): void {
  for (const rule of rulesOf(document)) if (rule.get('column') === from) rule.set('column', to);
}

const rulesOf = (document: Document): YAMLMap[] => {
  const rules = document.getIn(['spec', 'quality']);
  return isSeq(rules) ? rules.items.filter(isMap) : [];
};

/** A field goes together with the rules that check it: they would name a column that is not there. */
export function removeField(yaml: string, at: number): string {
  const document = parseDocument(yaml);
  const name = document.getIn([...SCHEMA, at, 'name']);
  document.deleteIn([...SCHEMA, at]);
  const rules = document.getIn(['spec', 'quality']);
  if (isSeq(rules)) {
    rules.items = rules.items.filter((rule) => !isMap(rule) || rule.get('column') !== name);
    if (rules.items.length === 0) document.deleteIn(['spec', 'quality']);
  }
  return document.toString({ lineWidth: 0 });
}

export function addField(yaml: string): string {
  const document = parseDocument(yaml);
  document.addIn(SCHEMA, document.createNode({ name: 'new_field', type: 'string' }));
  return document.toString({ lineWidth: 0 });
}
