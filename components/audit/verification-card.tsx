'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { verifyAuditAction } from '@/app/(portal)/governance/audit/actions';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { RefreshWhile } from '@/components/ui/refresh-while';
import { RelativeTime } from '@/components/ui/relative-time';
import { useToast } from '@/components/ui/toast';
import type { Verification } from '@/lib/audit';

/** How the last proof of the log ended, and the way to have another. */
export function VerificationCard({ verification }: { verification: Verification }) {
  const router = useRouter();
  const toast = useToast();
  const [isPending, startTransition] = useTransition();
  const { last, isRunning } = verification;
  const verify = () =>
    startTransition(async () => {
      const answer = await verifyAuditAction({});
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      router.refresh();
    });
  const report = last?.report;
  return (
    <>
      <RefreshWhile active={isRunning} />
      <Callout
        className="mb-4"
        tone={report ? (report.ok ? 'ok' : 'error') : 'info'}
        title={
          report
            ? report.ok
              ? 'The log is whole'
              : 'The log is broken'
            : 'The log has not been verified yet'
        }
        actions={
          <Button size="sm" loading={isPending || isRunning} onClick={verify}>
            {isRunning ? 'Verifying' : 'Verify now'}
          </Button>
        }
      >
        {report?.ok &&
          `${report.rows.toLocaleString('en')} rows in ${report.chains} chains, sealed by ${report.checkpoints.toLocaleString('en')} signed checkpoints. `}
        {report && !report.ok && `${report.broken.message} `}
        {last && (
          <>
            Verified <RelativeTime at={last.at} />; done every day.
          </>
        )}
      </Callout>
    </>
  );
}
