import { db } from '@/lib/core';
import { readSnapshot } from '@/lib/platform';
import { type Pii, patternOf, suggestPii } from '@/lib/platform/ingest/pii';
import { type FieldType, quoteIdent, type SchemaField } from '@/lib/specs';
import { defineMonitorRule, type MonitoredProduct } from '../rule';

interface Found {
  column: string;
  kind: Pii['kind'];
  reason: string;
}
interface Facts {
  /** Columns that seem to hold personal data and are not marked so. */
  found: Found[];
}
/** Rows that a sample is drawn from, and rows that are looked at. */
const SCANNED_ROWS = 100_000;
const SAMPLE_ROWS = 2000;
const MAX_COLUMNS = 200;
const SCALAR = new Set<FieldType>(['string', 'integer', 'long', 'decimal', 'date', 'timestamp']);

export const classificationDrift = defineMonitorRule<Facts>({
  id: 'classification_drift',
  title: 'Personal data is marked as personal data',
  about: 'Names and values of columns that are not marked, in a sample of the rows that are served',
  frequency: 'daily',
  level: 'warning',
  regulations: ['gdpr', 'ccpa'],
  load,
  judge(product, { found }) {
    if (found.length === 0) return [];
    const names = found.map((one) => one.column).join(', ');
    return [
      {
        key: 'columns',
        title: `${product.title} seems to hold personal data that is not marked`,
        message: `${found.length === 1 ? 'Column' : 'Columns'} ${names}: mark what is personal data, so that retention, erasure and access know of it, or ask for a waiver if it is none.`,
        evidence: found.map(({ column, kind, reason }) => ({
          Column: column,
          'Seems to hold': kind.replaceAll('_', ' '),
          Why: reason,
        })),
        isPersonal: true,
      },
    ];
  },
  examples: {
    pass: [{ facts: { found: [] } }],
    fail: [
      { facts: { found: [{ column: 'mail', kind: 'email', reason: 'Its name says so.' }] } },
      {
        classification: 'public',
        facts: { found: [{ column: 'x', kind: 'iban', reason: '100% of 9 values are.' }] },
      },
    ],
  },
});

interface Column {
  name: string;
  type: FieldType;
  sql: string;
}

/** Columns without a mark, members of structs too. */
function unmarked(fields: readonly SchemaField[], prefix = '', path = ''): Column[] {
  return fields.flatMap((field): Column[] => {
    if (field.pii) return [];
    const name = `${prefix}${field.name}`;
    const sql = `${path}${quoteIdent(field.name)}`;
    if (field.type === 'struct') return unmarked(field.fields ?? [], `${name}.`, `${sql}.`);
    return SCALAR.has(field.type) ? [{ name, type: field.type, sql }] : [];
  });
}

/** What a sample of a snapshot's values and its columns' names say about personal data. Values go nowhere. */
async function findUnmarked(snapshotId: string, fields: readonly SchemaField[]): Promise<Found[]> {
  const columns = unmarked(fields).slice(0, MAX_COLUMNS);
  if (columns.length === 0) return [];
  const selected = columns.map(({ sql }, at) => `CAST(${sql} AS VARCHAR) AS c${at}`).join(', ');
  const rows = await readSnapshot(
    snapshotId,
    (relation) =>
      `SELECT * FROM (SELECT ${selected} FROM ${relation} AS t LIMIT ${SCANNED_ROWS})
       USING SAMPLE reservoir(${SAMPLE_ROWS} ROWS) REPEATABLE (1)`,
  );
  return columns.flatMap(({ name, type }, at): Found[] => {
    const values = rows.flatMap((row) => {
      const value = row[`c${at}`];
      return typeof value === 'string' && value !== '' ? [value] : [];
    });
    const isLong = type === 'long' || type === 'decimal';
    const pattern = type === 'string' || isLong ? patternOf(values) : null;
    const telling = type === 'string' || pattern?.kind === 'card' ? pattern : null;
    const last = name.split('.').at(-1) ?? name;
    const pii = suggestPii({ name: last, type }, values, telling);
    return pii ? [{ column: name, kind: pii.kind, reason: pii.reason }] : [];
  });
}

async function load(products: readonly MonitoredProduct[]) {
  const served = await db().productEnvironment.findMany({
    where: {
      productId: { in: products.map((one) => one.id) },
      environment: 'production',
      status: 'live',
    },
    select: { productId: true, snapshotId: true },
  });
  const snapshots = await db().snapshot.findMany({
    where: { id: { in: served.flatMap((one) => one.snapshotId ?? []) }, status: 'ready' },
    select: { id: true, productId: true, schema: true },
  });
  const facts = new Map<string, Facts | Error>();
  for (const { id, productId, schema } of snapshots) {
    const product = products.find((one) => one.id === productId);
    if (!product) continue;
    try {
      const marked = product.descriptor.spec.schema;
      const fields = withMarks(schema as unknown as SchemaField[], marked);
      facts.set(productId, { found: await findUnmarked(id, fields) });
    } catch (error) {
      facts.set(productId, error instanceof Error ? error : new Error(String(error)));
    }
  }
  return facts;
}

/** The snapshot's columns as they are stored, with the marks that the product's document has today. */
function withMarks(stored: readonly SchemaField[], marked: readonly SchemaField[]): SchemaField[] {
  return stored.map((field) => {
    const now = marked.find((one) => one.name === field.name);
    return {
      ...field,
      pii: now?.pii ?? field.pii ?? false,
      ...(field.fields && { fields: withMarks(field.fields, now?.fields ?? []) }),
    };
  });
}
