import { verifyAudit } from '@/lib/audit';
import { closeDb } from '@/lib/core';
import { attach, fail } from './attach';

// `npm run audit:verify`: proves the audit log's hash chains, or names the first broken row.
const detach = await attach().catch((error: Error) => fail(error.message));
let shownAt = Date.now();
const report = await verifyAudit({
  onProgress: (rows) => {
    if (Date.now() - shownAt < 2000) return;
    shownAt = Date.now();
    process.stderr.write(`  ${rows} rows so far\n`);
  },
});
await closeDb();
await detach();
if (report.ok) {
  const { rows, chains, checkpoints, checkpoint } = report;
  process.stdout.write(
    `The audit log is whole: ${rows} rows in ${chains} chains, ${checkpoints} checkpoints.\n`,
  );
  if (checkpoint) {
    process.stdout.write(`Newest checkpoint: ${checkpoint.seq} ${checkpoint.hash}\n`);
  }
  process.exit(0);
}
const { chain, seq, problem, message } = report.broken;
const where = chain === null ? `checkpoint ${seq}` : `chain ${chain}, row ${seq}`;
process.stdout.write(`The audit log is BROKEN at ${where} (${problem}): ${message}\n`);
process.exit(1);
