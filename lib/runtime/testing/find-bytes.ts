import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { db, env } from '@/lib/core';
import { readSnapshot } from '@/lib/platform';

/**
 * Everywhere that a text stands: every cell of every table of every schema (bytes as hex too), every file below
 * the portal's home, its name included, and, because Parquet is compressed, every row of every snapshot that can be read.
 */
export async function placesOf(text: string): Promise<string[]> {
  return [
    ...(await inDatabase(text)),
    ...(await inFiles(env().home, text)),
    ...(await inSnapshots(text)),
  ];
}

async function inDatabase(text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: env().PORTOLAN_OWNER_DATABASE_URL });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const hex = Buffer.from(text).toString('hex');
    const found: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await client.query<{ n: string }>(
        `select count(*) as n from ${name} t where t::text ilike '%' || $1 || '%' or t::text ilike '%' || $2 || '%'`,
        [text, hex],
      );
      if (Number(rows[0]?.n) > 0) found.push(`table ${name}`);
    }
    return found;
  } finally {
    await client.end();
  }
}

async function inFiles(root: string, text: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(root, file);
    if (name.toLowerCase().includes(text.toLowerCase())) found.push(`name ${name}`);
    if (!entry.isFile()) continue;
    const bytes = (await readFile(file)).toString('latin1').toLowerCase();
    if (bytes.includes(text.toLowerCase())) found.push(`file ${name}`);
  }
  return found;
}

async function inSnapshots(text: string): Promise<string[]> {
  const snapshots = await db().snapshot.findMany({ where: { status: 'ready' } });
  const found: string[] = [];
  for (const { id, productId, number } of snapshots) {
    const rows = await readSnapshot(
      id,
      (relation) => `select to_json(t)::varchar as line from ${relation} t`,
    );
    if (rows.some((row) => String(row.line).toLowerCase().includes(text.toLowerCase()))) {
      found.push(`snapshot ${productId} ${number}`);
    }
  }
  return found;
}
