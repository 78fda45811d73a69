import { isMap, isScalar, isSeq, parseDocument } from 'yaml';

export type FieldPath = (string | number)[];
export interface FormField {
  path: FieldPath;
  label: string;
  value: string;
  /** Without options it is a line of text; a list is written with commas. */
  options?: readonly string[];
  isList?: boolean;
}
export interface FormGroup {
  title: string;
  entries: { title: string; path: FieldPath; fields: FormField[] }[];
  /** Where a new entry goes and what it begins as; null where none can be added. */
  add: { path: FieldPath; entry: Record<string, unknown>; label: string } | null;
}

const OVERRIDABLE = ['', 'yes', 'tighten-only', 'no'];
const LEVELS = ['public', 'internal', 'confidential', 'restricted'];
interface Shape {
  key: string;
  label: string;
  options?: readonly string[];
  isList?: boolean;
}
interface ListShape {
  key: string;
  title: string;
  name: string;
  fields: Shape[];
  entry: Record<string, unknown>;
  add: string;
}

const LISTS: ListShape[] = [
  {
    key: 'data_classification',
    title: 'Classification',
    name: 'level',
    add: 'Add a level',
    entry: { level: 'public', encryption: 'required', retention: '1_year' },
    fields: [
      { key: 'level', label: 'Level', options: LEVELS },
      { key: 'encryption', label: 'Encryption', options: ['optional', 'required'] },
      { key: 'retention', label: 'Kept for' },
      { key: 'overridable', label: 'Domains may', options: OVERRIDABLE },
    ],
  },
  {
    key: 'access_control',
    title: 'Access by role',
    name: 'role',
    add: 'Add a role',
    entry: { role: 'data_consumer', permissions: ['read'], data_access: ['public'] },
    fields: [
      { key: 'role', label: 'Role' },
      { key: 'permissions', label: 'May', isList: true },
      { key: 'data_access', label: 'Data that is', isList: true },
      { key: 'overridable', label: 'Domains may', options: OVERRIDABLE },
    ],
  },
  {
    key: 'data_quality',
    title: 'Quality',
    name: 'metric',
    add: 'Add a metric',
    entry: { metric: 'completeness', threshold: '95%', enforcement: 'warning' },
    fields: [
      { key: 'metric', label: 'Metric' },
      { key: 'threshold', label: 'At least' },
      { key: 'enforcement', label: 'When missed', options: ['warning', 'error'] },
      { key: 'overridable', label: 'Domains may', options: OVERRIDABLE },
    ],
  },
  {
    key: 'validation_rules',
    title: 'Validation rules',
    name: 'id',
    add: 'Add a rule',
    entry: {
      id: 'new-rule',
      title: 'Say what has to hold',
      level: 'warning',
      expression: 'product.documentation != ""',
      message: 'Say what is wrong and what to do.',
    },
    fields: [
      { key: 'id', label: 'Id' },
      { key: 'title', label: 'Title' },
      { key: 'level', label: 'Level', options: ['warning', 'error'] },
      { key: 'expression', label: 'Holds when (CEL)' },
      { key: 'message', label: 'Message' },
    ],
  },
  {
    key: 'monitoring',
    title: 'Monitoring',
    name: 'rule',
    add: 'Add a monitor',
    entry: { rule: 'data_quality', frequency: 'hourly', threshold: 'warning' },
    fields: [
      { key: 'rule', label: 'Rule' },
      { key: 'frequency', label: 'How often' },
      { key: 'threshold', label: 'Gravity', options: ['warning', 'error'] },
      { key: 'escalate_after', label: 'Escalate after' },
    ],
  },
];
const SINGLES: Shape[] = [
  { key: 'data_retention', label: 'Data is kept for' },
  {
    key: 'access_control',
    label: 'Mode',
    options: ['role_based', 'attribute_based', 'strict_role_based'],
  },
  { key: 'approval', label: 'Put in force by', options: ['', 'one_person', 'two_people'] },
];
const QUALITY: Shape[] = [
  { key: 'completeness', label: 'Completeness at least' },
  { key: 'accuracy', label: 'Accuracy at least' },
  { key: 'consistency', label: 'Consistency at least' },
  { key: 'freshness', label: 'Fresh within' },
];

type Doc = ReturnType<typeof parseDocument>;

function textAt(document: Doc, path: FieldPath): string {
  const node = document.getIn(path, true);
  if (isScalar(node)) return node.value === null ? '' : String(node.value);
  if (isSeq(node))
    return node.items.map((item) => String(isScalar(item) ? item.value : item)).join(', ');
  return '';
}

/** The form's fields from the text; null while the text is no YAML group. */
export function readFields(yaml: string, isDomain: boolean): FormGroup[] | null {
  const document = parseDocument(yaml);
  if (document.errors.length > 0 || !isMap(document.getIn(['spec'], true))) return null;
  const field = (path: FieldPath, shape: Shape): FormField => ({
    path,
    label: shape.label,
    value: textAt(document, path),
    ...(shape.options && { options: shape.options }),
    ...(shape.isList && { isList: true }),
  });
  const hasMode = !isSeq(document.getIn(['spec', 'access_control'], true));
  const groups = LISTS.filter(({ key }) => !(isDomain && hasMode && key === 'access_control')).map(
    (shape): FormGroup => {
      const list = document.getIn(['spec', shape.key], true);
      const length = isSeq(list) ? list.items.length : 0;
      return {
        title: shape.title,
        add: { path: ['spec', shape.key, length], entry: shape.entry, label: shape.add },
        entries: Array.from({ length }, (_, index) => {
          const path = ['spec', shape.key, index];
          const title = textAt(document, [...path, shape.name]) || `${shape.title} ${index + 1}`;
          return { title, path, fields: shape.fields.map((one) => field([...path, one.key], one)) };
        }),
      };
    },
  );
  const singles = SINGLES.filter(({ key }) =>
    key === 'approval' ? true : isDomain && (key !== 'access_control' || hasMode),
  );
  const own: FormGroup = {
    title: isDomain ? 'The domain as a whole' : 'The organisation as a whole',
    add: null,
    entries: [
      {
        title: '',
        path: ['spec'],
        fields: [
          ...singles.map((one) => field(['spec', one.key], one)),
          ...(isDomain
            ? QUALITY.map((one) => field(['spec', 'quality_requirements', one.key], one))
            : []),
        ],
      },
    ],
  };
  return [own, ...groups];
}

const NUMBER = /^\d+(\.\d+)?$/;

/** The text with one value changed; comments and everything else stay as they were written. */
export function writeField(yaml: string, field: FormField, text: string): string {
  const document = parseDocument(yaml);
  const trimmed = text.trim();
  if (trimmed === '') document.deleteIn(field.path);
  else if (field.isList) {
    const list = document.createNode(trimmed.split(/\s*,\s*/).filter(Boolean));
    if (isSeq(list)) list.flow = true;
    document.setIn(field.path, list);
  } else document.setIn(field.path, NUMBER.test(trimmed) ? Number(trimmed) : trimmed);
  return document.toString({ lineWidth: 0 });
}

export function addEntry(yaml: string, add: NonNullable<FormGroup['add']>): string {
  const document = parseDocument(yaml);
  const list = add.path.slice(0, -1);
  if (!isSeq(document.getIn(list, true))) document.setIn(list, document.createNode([]));
  document.addIn(list, document.createNode(add.entry));
  return document.toString({ lineWidth: 0 });
}

export function removeEntry(yaml: string, path: FieldPath): string {
  const document = parseDocument(yaml);
  document.deleteIn(path);
  return document.toString({ lineWidth: 0 });
}
