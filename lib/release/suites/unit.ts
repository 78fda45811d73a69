import { db } from '@/lib/core';
import { readSnapshot } from '@/lib/platform';
import type { SuiteResult, SuiteTarget } from '@/lib/provisioning';
import { duckdbTypeOf, quoteIdent, type SchemaField } from '@/lib/specs';
import { runSample } from '../samples/run-sample';

/** Schema against contract, the contract's constraints, and the transformation over the producer's samples. */
export async function unitSuite(target: SuiteTarget): Promise<SuiteResult[]> {
  const samples = await db().transformationSample.findMany({
    where: { productId: target.productId },
    orderBy: { name: 'asc' },
    take: 100,
  });
  const results = [await schemaTest(target), ...(await constraintTests(target))];
  for (const sample of samples) results.push(await runSample(target, sample));
  if (samples.length > 0) return results;
  return [
    ...results,
    {
      name: 'transformation',
      status: 'skipped',
      message: 'No sample rows are supplied. Add some under Lifecycle to test the transformation.',
    },
  ];
}

async function schemaTest({ snapshotId, descriptor, signal }: SuiteTarget): Promise<SuiteResult> {
  const name = 'schema';
  const rows = await readSnapshot(
    snapshotId,
    (relation) => `select column_name, column_type from (describe select * from ${relation})`,
    { signal },
  );
  const written = new Map(rows.map((row) => [String(row.column_name), String(row.column_type)]));
  const { schema } = descriptor.spec;
  const missing = schema.filter((field) => !written.has(field.name)).map((field) => field.name);
  const surplus = [...written.keys()].filter((one) => schema.every((field) => field.name !== one));
  const expected = await typesOf(schema, snapshotId, signal);
  const other = schema.flatMap((field, index) => {
    const found = written.get(field.name);
    return found === undefined || found === expected[index]
      ? []
      : [`${field.name} is ${found} instead of ${expected[index]}`];
  });
  const faults = [
    ...(missing.length > 0 ? [`missing: ${missing.join(', ')}`] : []),
    ...(surplus.length > 0 ? [`not in the contract: ${surplus.join(', ')}`] : []),
    ...other,
  ];
  if (faults.length > 0) return { name, status: 'failed', message: `${faults.join('; ')}.` };
  return { name, status: 'passed', message: `${schema.length} fields as the contract says.` };
}

/** The contract's types as DuckDB spells them. */
async function typesOf(
  schema: readonly SchemaField[],
  snapshotId: string,
  signal: AbortSignal,
): Promise<string[]> {
  if (schema.length === 0) return [];
  const nulls = schema.map((field, at) => `cast(null as ${duckdbTypeOf(field)}) as c${at}`);
  const rows = await readSnapshot(
    snapshotId,
    () => `select column_type from (describe select ${nulls.join(', ')})`,
    { signal },
  );
  return rows.map((row) => String(row.column_type));
}

async function constraintTests({
  snapshotId,
  descriptor,
  signal,
}: SuiteTarget): Promise<SuiteResult[]> {
  const { schema } = descriptor.spec;
  const keys = schema.filter((field) => field.primaryKey);
  const present = schema.filter((field) => field.required || field.primaryKey);
  const parts = present.map((field, at) => `count(*) - count(${quoteIdent(field.name)}) as n${at}`);
  if (keys.length > 0) {
    const key = keys.map((field) => quoteIdent(field.name)).join(', ');
    parts.push(`count(*) - count(distinct (${key})) as duplicates`);
  }
  if (parts.length === 0) return [];
  const [row] = await readSnapshot(
    snapshotId,
    (relation) => `select ${parts.join(', ')} from ${relation}`,
    { signal },
  );
  const results = present.map((field, at): SuiteResult => {
    const empty = Number(row?.[`n${at}`] ?? 0);
    const name = `${field.name} required`;
    return empty === 0
      ? { name, status: 'passed', message: 'It has a value in every row.' }
      : { name, status: 'failed', message: `It is empty in ${rowsText(empty)}.` };
  });
  if (keys.length === 0) return results;
  const duplicates = Number(row?.duplicates ?? 0);
  const name = `key ${keys.map((field) => field.name).join(', ')}`;
  results.push(
    duplicates === 0
      ? { name, status: 'passed', message: 'It never repeats.' }
      : { name, status: 'failed', message: `It repeats in ${rowsText(duplicates)}.` },
  );
  return results;
}

const rowsText = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;
