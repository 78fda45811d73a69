import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { migrate } from './migrate';

export const APP_ROLE = 'portolan_app';

const GRANTS = `
grant usage on schema public to ${APP_ROLE};
grant select, insert, update, delete on all tables in schema public to ${APP_ROLE};
grant usage, select on all sequences in schema public to ${APP_ROLE};
revoke update, delete, truncate on audit_event, audit_checkpoint from ${APP_ROLE};
revoke insert, delete, truncate on audit_head from ${APP_ROLE};
revoke all on _prisma_migrations from ${APP_ROLE};
grant execute on function audit_prepare_months(), usage_prepare_months(), usage_drop_months(timestamptz) to ${APP_ROLE};
do $$ declare month regclass; begin
  -- The log is read and written through its parent alone.
  for month in select inhrelid from pg_inherits where inhparent = 'audit_event'::regclass loop
    execute format('revoke all on %s from ${APP_ROLE}', month);
  end loop;
end $$;
`;

async function ensureRole(owner: pg.Client, password: string): Promise<void> {
  try {
    const found = await owner.query('select 1 from pg_roles where rolname = $1', [APP_ROLE]);
    // Two portals on one server may race here: the loser finds the role made.
    if (found.rowCount === 0) {
      await owner.query(`create role ${APP_ROLE} login`).catch((error: { code?: string }) => {
        if (error.code !== '42710' && error.code !== '23505') throw error;
      });
    }
    await owner.query(`alter role ${APP_ROLE} password ${owner.escapeLiteral(password)}`);
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error;
    throw new Error(
      `The role of DATABASE_URL may not create the role ${APP_ROLE}, under which the portal works. Give it CREATEROLE: alter role … createrole`,
    );
  }
}

/** DBOS's own tables; what it says meanwhile is shown only when it fails. */
function migrateJobs(ownerUrl: string): Promise<void> {
  const thread = new Worker(path.join(import.meta.dirname, 'migrate-jobs.ts'), {
    workerData: { ownerUrl, applicationRole: APP_ROLE },
    stdout: true,
    stderr: true,
  });
  let said = '';
  for (const stream of [thread.stdout, thread.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000);
    });
  }
  return new Promise((resolve, reject) => {
    thread.once('error', (error: Error) => {
      const words = said.trim() && `\n${said.trim()}`;
      reject(new Error(`The tables of the job queue could not be made: ${error.message}${words}`));
    });
    thread.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error('The job queue’s migration ended early.')),
    );
  });
}

/**
 * Migrates Portolan's and DBOS's schemas and lets the application role in: it may change rows,
 * but only read and append audit rows.
 * @param ownerUrl a role that may create roles and tables
 * @returns the application role's connection string and the migrations applied now
 */
export async function prepareDatabase(
  ownerUrl: string,
  appPassword: string = randomBytes(24).toString('base64url'),
): Promise<{ appUrl: string; applied: string[] }> {
  const applied = await migrate(ownerUrl);
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await ensureRole(owner, appPassword);
    await migrateJobs(ownerUrl);
    await owner.query(GRANTS);
  } finally {
    await owner.end();
  }
  const url = new URL(ownerUrl);
  url.username = APP_ROLE;
  url.password = appPassword;
  return { appUrl: url.toString(), applied };
}
