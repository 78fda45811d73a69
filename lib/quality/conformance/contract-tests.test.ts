import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  closeLake,
  describeColumns,
  type LakeFile,
  lakePaths,
  openFiles,
  openLake,
  writeSnapshot,
} from '@/lib/platform/lake';
import { type FieldType, fieldTypeOfDuckdb, quoteLiteral } from '@/lib/specs';
import { compileRule, type RuleLike } from '../compile';
import { constraintsOfOdcs, type OdcsQuality, ruleOfOdcs } from '../odcs';
import { lakeRows } from '../run/lake-rows';
import { measure } from '../run/measure';
import { judge, type Verdict } from '../run/measured';

interface Run {
  contract?: string;
  server?: string;
  data?: string;
  seed?: string;
  inline?: string;
  lint?: string;
  result: string;
  must_fail?: { field: string; type: string }[];
  details?: Record<string, { result: string; failed_fraction?: number }>;
}
interface Contract {
  table: string;
  properties: OdcsQuality[];
  quality: { item: OdcsQuality; column: string | null }[];
  /** Addresses of the data, by server. */
  paths: Map<string, string>;
}

const root = path.join(process.env.PORTOLAN_CORPUS ?? '', 'contract-tests');
const list = path.join(process.env.PORTOLAN_CORPUS ?? '', 'contract-test-outcomes.json');
const runs: Run[] =
  process.env.PORTOLAN_CORPUS && existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8')).runs
    : [];

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'contract-tests-'));
  await openLake({ root: home, memoryMb: 512 });
});
afterAll(async () => {
  await closeLake();
  await rm(home, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: a document of either form, read loosely
type Doc = Record<string, any>;

/** A contract of the standard, or of the older specification whose fields are the same under other names. */
function readContract(file: string): Contract {
  const doc = parse(readFileSync(path.join(root, file), 'utf8')) as Doc;
  const servers: [string, Doc][] = Array.isArray(doc.servers)
    ? doc.servers.map((server: Doc) => [server.server, server])
    : Object.entries(doc.servers ?? {});
  const paths = new Map(
    servers.map(([name, server]) => [name, String(server.path ?? server.location ?? '')]),
  );
  if (Array.isArray(doc.schema)) {
    const [table] = doc.schema as Doc[];
    const properties = (table?.properties ?? []) as OdcsQuality[];
    return { table: table?.name, properties, paths, quality: itemsOf(table ?? {}, properties) };
  }
  const [table, model] = Object.entries(doc.models as Record<string, Doc>)[0]!;
  const properties = Object.entries((model.fields ?? {}) as Record<string, Doc>).map(
    ([name, field]) => ({
      ...field,
      name,
      logicalTypeOptions: field,
    }),
  );
  return { table, properties, paths, quality: itemsOf(model, properties) };
}

const itemsOf = (table: Doc, properties: OdcsQuality[]) => [
  ...((table.quality ?? []) as OdcsQuality[]).map((item) => ({ item, column: null })),
  ...properties.flatMap((property) =>
    ((property.quality ?? []) as OdcsQuality[]).map((item) => ({
      item,
      column: String(property.name),
    })),
  ),
];

/** A SELECT over the data that a run is about. */
function dataOf(run: Run, contract: Contract): string {
  const named = run.data?.split(' ')[0] ?? [...contract.paths.values()][0] ?? '';
  const given = run.server ? (contract.paths.get(run.server) ?? named) : named;
  const relative = run.data?.endsWith('(rewrite server)')
    ? 'fixtures/s3-json/data/inventory/year=2022/month=04/day=20/hour=00/inventory+0+0001327496.json'
    : given;
  const file = quoteLiteral(path.join(root, relative)).trim();
  if (relative.endsWith('.csv')) return `select * from read_csv(${file}, union_by_name = true)`;
  if (relative.endsWith('.parquet'))
    return `select * from read_parquet(${file}, union_by_name = true)`;
  return `select * from read_json(${file}, format = 'newline_delimited', union_by_name = true)`;
}

/** The rows of an INSERT as VALUES. */
function seedOf(file: string): string {
  const text = readFileSync(path.join(root, file), 'utf8');
  const values = text
    .slice(text.indexOf('VALUES') + 6)
    .trim()
    .replace(/;\s*$/, '');
  return `select field_one, field_two, cast(field_three as timestamptz) as field_three from (values ${values}) t(field_one, field_two, field_three)`;
}

let counter = 0;
async function store(sql: string): Promise<LakeFile[]> {
  counter += 1;
  const written = await writeSnapshot({ paths: lakePaths(home, 'p', 'd', `s${counter}`), sql });
  return openFiles(home, null, written.files);
}

interface Result {
  label: string;
  verdict: Verdict;
}

async function check(sql: string, contract: Contract, rules: { label: string; rule: RuleLike }[]) {
  const names = [...new Set([...contract.properties.map((one) => String(one.name))])];
  const presence = names.map((name) => ({
    label: `${name}.field_is_present`,
    rule: { name, check: 'columns', column: null, config: { names: [name], match: 'at_least' } },
  }));
  const all = [...presence, ...rules];
  const files = await store(sql);
  const columns = new Map<string, FieldType>(
    (await describeColumns(sql)).map(({ name, type }) => [name, fieldTypeOfDuckdb(type).type]),
  );
  const compiled = all.map(({ rule }) => compileRule(rule, columns));
  const rows = lakeRows({
    files,
    sources: new Map(),
    inputsOf: (at) => ({
      inputs: {},
      names: (all[at]!.rule.config as { names?: string[] }).names ?? [],
    }),
  });
  const { measured, totalRows } = await measure(compiled, rows);
  return all.map(({ label }, at): Result => {
    const rule = compiled[at]!;
    if ('problem' in rule) {
      const broken = { failing: 0, checked: 0, value: null, problem: rule.problem };
      return { label, verdict: judge(broken, NONE, 0) };
    }
    return { label, verdict: judge(measured[at]!, rule, totalRows) };
  });
}
const NONE = {
  threshold: { mustBe: 0, unit: 'rows', of: 'looked' },
  enforcement: 'error',
} as const;

function rulesOf(contract: Contract): { label: string; rule: RuleLike }[] {
  const constraints = contract.properties.flatMap((property) =>
    constraintsOfOdcs(property).map((rule) => ({ label: `${rule.column}.${rule.check}`, rule })),
  );
  const items = contract.quality.map(({ item, column }, at) => {
    const mapped = ruleOfOdcs(item, { table: contract.table, column });
    if ('reason' in mapped) throw new Error(`quality item ${at}: ${mapped.reason}`);
    return { label: `quality ${at}`, rule: mapped.rule };
  });
  return [...constraints, ...items];
}

/** The outside tool's names of what our rules check. */
const NAMES: Record<string, string> = {
  required: 'not_null',
  maxLength: 'length',
  minLength: 'length',
  minimum: 'range',
  maximum: 'range',
};
const ownName = (label: string) => {
  const [field, kind = ''] = label.split('.');
  return `${field}.${NAMES[kind] ?? kind}`;
};

async function outcomeOf(run: Run): Promise<string> {
  if (run.inline?.includes('invalidValues without arguments')) {
    const mapped = ruleOfOdcs(
      { metric: 'invalidValues', mustBe: 0 },
      { table: 'orders', column: 'email' },
    );
    return 'reason' in mapped ? 'check-skipped-not-passed' : 'passed';
  }
  if (run.inline) return inline(run);
  const contract = readContract(run.contract!);
  const sql = run.seed ? seedOf(run.seed) : dataOf(run, contract);
  const results = await check(sql, contract, rulesOf(contract));
  const byLabel = new Map(results.map(({ label, verdict }) => [label, verdict]));
  for (const { field, type } of run.must_fail ?? []) {
    expect(byLabel.get(`${field}.${type}`)?.passed, `${field} ${type}`).toBe(false);
  }
  for (const [label, wanted] of Object.entries(run.details ?? {})) {
    const verdict = byLabel.get(ownName(label));
    expect(verdict?.passed ? 'passed' : 'failed', label).toBe(wanted.result);
    if (wanted.failed_fraction !== undefined) {
      expect(verdict!.failing / verdict!.checked).toBeCloseTo(wanted.failed_fraction);
    }
  }
  return results.every(({ verdict }) => verdict.passed) ? 'passed' : 'failed';
}

/** "orders.csv nullValues percent <50 on email", and the same with the severity of a warning, turned round to fail. */
async function inline(run: Run): Promise<string> {
  const isWarning = run.inline?.includes('severity: warning') ?? false;
  const item = {
    metric: 'nullValues',
    unit: 'percent',
    ...(isWarning ? { mustBeGreaterThan: 50, severity: 'warning' } : { mustBeLessThan: 50 }),
  };
  const mapped = ruleOfOdcs(item, { table: 'orders', column: 'email' });
  if ('reason' in mapped) throw new Error(mapped.reason);
  const contract = readContract('fixtures/diagnostics/datacontract.yaml');
  const [first] = (
    await check(
      dataOf({ result: '', data: 'fixtures/diagnostics/data/orders.csv' }, contract),
      contract,
      [{ label: 'inline', rule: mapped.rule }],
    )
  ).slice(-1);
  expect(first?.verdict.value).toBe(0);
  return first!.verdict.status;
}

describe.skipIf(runs.length === 0)('published contract runs', () => {
  it('have the outcome that an independent tool gives', async () => {
    const table: { run: string; expected: string; ours: string }[] = [];
    for (const run of runs) {
      // Whether a document is a contract at all is for the importer to say.
      if (run.lint) continue;
      const name = [run.contract ?? run.inline, run.server]
        .filter(Boolean)
        .join(' ')
        .replace('fixtures/', '');
      table.push({ run: name, expected: run.result, ours: await outcomeOf(run) });
    }
    console.table(table);
    console.log(
      `${table.filter((row) => row.expected === row.ours).length} of ${table.length} runs agree.`,
    );
    expect(table.filter((row) => row.expected !== row.ours)).toEqual([]);
  }, 240_000);
});
