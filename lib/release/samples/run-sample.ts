import { db, invalid, isAppError } from '@/lib/core';
import { contractAt, type EtlSpec } from '@/lib/platform';
import { previewSql } from '@/lib/platform/sandbox';
import type { SuiteResult, SuiteTarget } from '@/lib/provisioning';
import { duckdbTypeOf, fieldListSchema } from '@/lib/specs';
import { Sample, type SampleRow } from './sample';
import { sampleSql, type TypedColumn } from './sample-sql';

const SHOWN = 20;

/** One sample of the unit suite: runs in the sandbox, and shows the rows that differ. */
export async function runSample(
  target: Pick<SuiteTarget, 'productId' | 'descriptor' | 'signal'>,
  stored: { name: string; inputs: unknown; expected: unknown },
): Promise<SuiteResult> {
  const name = `transformation "${stored.name}"`;
  try {
    const sample = Sample.parse(stored);
    const { columns, rows, isTruncated } = await previewSql({
      sql: await statementOf(target, sample),
      inputs: [],
      limits: { timeMs: 10_000, maxRows: SHOWN },
      signal: target.signal,
    });
    const count = `${sample.expected.length} expected ${sample.expected.length === 1 ? 'row' : 'rows'}`;
    if (rows.length === 0) return { name, status: 'passed', message: `Gives the ${count}.` };
    const shown = rows.map((row) =>
      Object.fromEntries(columns.map((one, at) => [one.name, row[at]])),
    );
    const of = (side: string) =>
      shown.filter((row) => row.side === side).map(({ side: _, ...row }) => row);
    const [missing, unexpected] = [of('missing'), of('unexpected')];
    const more = isTruncated ? ' or more' : '';
    return {
      name,
      status: 'failed',
      message: `${missing.length} expected ${missing.length === 1 ? 'row is' : 'rows are'} missing and ${unexpected.length} not expected${more}.`,
      detail: { missing, unexpected, isTruncated },
    };
  } catch (error) {
    if (!isAppError(error) || error.code === 'unavailable') throw error;
    return { name, status: 'failed', message: error.message };
  }
}

async function statementOf(
  { productId, descriptor }: Pick<SuiteTarget, 'productId' | 'descriptor'>,
  sample: Sample,
): Promise<string> {
  const [pipeline, candidate] = await Promise.all([
    db().pipeline.findUniqueOrThrow({ where: { productId } }),
    contractAt(productId, 'staging'),
  ]);
  const { extract, transform } = (candidate.etl ?? pipeline.spec) as unknown as EtlSpec;
  const { schema } = descriptor.spec;
  const known = new Set(schema.map((field) => field.name));
  const stray = sample.expected.flatMap(Object.keys).find((key) => !known.has(key));
  if (stray) throw invalid(`Expected rows name "${stray}", which is no field of the contract.`);
  const types = extract.kind === 'upload' ? new Map() : await inputTypes(extract);
  const aliases = extract.kind === 'sql' ? extract.inputs.map((one) => one.alias) : ['source'];
  const foreign = Object.keys(sample.inputs).find((alias) => !aliases.includes(alias));
  if (foreign) {
    throw invalid(`"${foreign}" is not an input. The inputs are ${aliases.join(', ')}.`);
  }
  return sampleSql({
    inputs: aliases.map((alias) => {
      const rows = sample.inputs[alias] ?? [];
      const sources = extract.kind === 'upload' ? transform.columns.map((one) => one.source) : [];
      return { alias, rows, columns: columnsOf(rows, types.get(alias) ?? new Map(), sources) };
    }),
    transformation: {
      sql: extract.kind === 'sql' ? extract.sql : null,
      columns: transform.columns,
    },
    schema,
    expected: sample.expected,
  });
}

/** The columns of each input, as the source product's newest rows were written. */
async function inputTypes(
  extract: Exclude<EtlSpec['extract'], { kind: 'upload' }>,
): Promise<Map<string, Map<string, string>>> {
  const inputs =
    extract.kind === 'sql' ? extract.inputs : [{ alias: 'source', productId: extract.productId }];
  const snapshots = await db().snapshot.findMany({
    where: {
      productId: { in: inputs.map((one) => one.productId) },
      environment: 'production',
      status: 'ready',
    },
    orderBy: { number: 'asc' },
    select: { productId: true, schema: true },
    take: 500,
  });
  const schemaOf = new Map(snapshots.map((one) => [one.productId, one.schema]));
  return new Map(
    inputs.map(({ alias, productId }) => {
      const fields = fieldListSchema.safeParse(schemaOf.get(productId));
      const typed = (fields.success ? fields.data : []).map(
        (field) => [field.name, duckdbTypeOf(field)] as const,
      );
      return [alias, new Map(typed)];
    }),
  );
}

/** A file's cells are text until the contract reads them; a product's columns have their types. */
function columnsOf(
  rows: readonly SampleRow[],
  types: ReadonlyMap<string, string>,
  sources: readonly string[],
): TypedColumn[] {
  const names = new Set([...types.keys(), ...sources, ...rows.flatMap(Object.keys)]);
  return [...names].map((name) => ({ name, sqlType: types.get(name) ?? 'varchar' }));
}
