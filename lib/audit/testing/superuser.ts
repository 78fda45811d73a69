import pg from 'pg';
import { db } from '@/lib/core';

/** Runs statements as a superuser who has switched the triggers off. */
export async function asSuperuser(
  database: { ownerUrl: string },
  ...statements: string[]
): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The statements that leave no row, no checkpoint and every chain at its beginning. */
export const EMPTY_LOG = [
  'truncate audit_event',
  'truncate audit_checkpoint',
  `update audit_head set seq = 0, hash = decode(repeat('00', 32), 'hex')`,
];

/** What a careful forger does last: each chain goes on where its rows end now. */
export const HEADS_AS_ROWS = `update audit_head h set
  seq = coalesce((select max(seq) from audit_event e where e.chain = h.chain), 0),
  hash = coalesce((select hash from audit_event e where e.chain = h.chain order by seq desc limit 1),
    decode(repeat('00', 32), 'hex'))`;

export async function longestChain(): Promise<number> {
  const [row] = await db().$queryRaw<{ chain: number }[]>`
    select chain from audit_event group by chain order by count(*) desc limit 1`;
  return row!.chain;
}
