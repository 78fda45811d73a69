import { raiseAlert } from '@/lib/alerts';
import { verifyAndRecord } from '@/lib/audit';
import { enqueue, now, transact } from '@/lib/core';

const DAY_MS = 86_400_000;

/** Has the audit log proven once a day, whichever worker asks. */
export async function fireAuditVerification(): Promise<void> {
  const day = Math.floor(now().getTime() / DAY_MS);
  await transact((tx) =>
    enqueue(tx, {
      workflow: 'audit-verify',
      queue: 'maintenance',
      key: `audit-verify:${day}`,
      args: ['daily'],
    }),
  );
}

/** Proves the log; when it is broken stewards and platform admins are told where. */
export async function verifyAuditLog(): Promise<void> {
  const report = await verifyAndRecord();
  if (report.ok) return;
  const { chain, seq, problem, message } = report.broken;
  await transact((tx) =>
    raiseAlert(tx, {
      kind: 'audit.broken',
      level: 'error',
      title: 'The audit log failed its verification',
      body: message,
      href: '/governance/audit',
      to: { stewards: true, platformAdmins: true },
      dedupeKey: `audit.broken:${chain}:${seq}:${problem}`,
    }),
  );
}
