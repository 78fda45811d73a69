'use client';

import { ArrowUpRight, FlaskConical, Pencil, Rocket } from 'lucide-react';
import { useRouter } from 'next/navigation';
import {
  promoteProductAction,
  reopenDraftAction,
  testProductAction,
} from '@/app/(portal)/products/[domain]/[product]/lifecycle-actions';
import { Button, FileLink } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { useToast } from '@/components/ui/toast';
import { useAction } from '@/components/ui/use-action';
import type { ProductLifecycle } from '@/lib/release';
import { DeprecateDialog, WithdrawDialog } from './deprecate-dialog';
import { StageDialog } from './stage-dialog';

interface Props {
  productId: string;
  address: string;
  lifecycle: ProductLifecycle;
}

/** What can be done from where the product stands, each with a preview where it changes what consumers get. */
export function LifecycleActions({ productId, address, lifecycle }: Props) {
  const { status, isStaged, isLive, lastRun, deprecation } = lifecycle;
  const isBusy = ['queued', 'running', 'undoing'].includes(lastRun?.status ?? '');
  const isOver = status === 'retired';
  const mayOperate = lifecycle.can.operate && !isOver && !isBusy;
  const isNeverLive = ['development', 'testing', 'staging'].includes(status);
  if (isOver) return <p className="text-muted">The product is retired. Nothing follows.</p>;
  if (isBusy) return <p className="text-muted">Wait until the run has ended.</p>;
  if (!mayOperate && !lifecycle.can.retire) {
    return <p className="text-muted">Those who operate the product promote it and roll it back.</p>;
  }
  return (
    <div className="flex flex-wrap gap-2">
      {mayOperate && isStaged && <PromoteButton productId={productId} lifecycle={lifecycle} />}
      {mayOperate && isStaged && <TestButton productId={productId} />}
      {mayOperate && status !== 'deprecated' && (
        <StageDialog productId={productId} sql={lifecycle.sql} isLive={isLive} />
      )}
      {mayOperate && isStaged && (
        <FileLink
          href={`/api/v1/data/${address}/rows.json?environment=staging`}
          target="_blank"
          download={false}
          icon={<ArrowUpRight aria-hidden />}
        >
          Rows in staging
        </FileLink>
      )}
      {mayOperate && isNeverLive && <ReopenButton productId={productId} />}
      {lifecycle.can.retire && isLive && (
        <DeprecateDialog productId={productId} current={deprecation} />
      )}
      {lifecycle.can.retire && deprecation && isLive && <WithdrawDialog productId={productId} />}
    </div>
  );
}

function TestButton({ productId }: { productId: string }) {
  const router = useRouter();
  const toast = useToast();
  const { run, isPending } = useAction(
    async (input: { productId: string }) => {
      const answer = await testProductAction(input);
      if (!answer.ok) toast({ title: answer.message, tone: 'error' });
      return answer;
    },
    ({ runId }) => router.push(`/runs/${runId}`),
  );
  return (
    <Button
      icon={<FlaskConical aria-hidden />}
      loading={isPending}
      onClick={() => run({ productId })}
    >
      Run the tests
    </Button>
  );
}

function PromoteButton({ productId, lifecycle }: Omit<Props, 'address'>) {
  const router = useRouter();
  const isOpen = lifecycle.gates
    .filter((gate) => gate.to === 'staging' || gate.to === 'production')
    .every((gate) => gate.passes);
  const promote = async () => {
    const answer = await promoteProductAction({ productId });
    if (answer.ok) router.push(`/runs/${answer.data.runId}`);
    return answer;
  };
  const effects = lifecycle.isLive
    ? [
        'Readers get the new rows from their next request on; those under way finish on the old ones.',
        'The release that is served now stays ready: rolling back takes one click.',
      ]
    : ['The tested rows answer over HTTP for those who may read them.'];
  return (
    <ConfirmDialog
      trigger={
        <Button variant="primary" icon={<Rocket aria-hidden />} disabled={!isOpen}>
          Promote to production
        </Button>
      }
      title="Promote what was tested?"
      description="The snapshot in staging becomes the served one. Nothing is loaded again."
      effects={effects}
      confirmLabel="Promote"
      danger={false}
      onConfirm={promote}
    />
  );
}

function ReopenButton({ productId }: { productId: string }) {
  const router = useRouter();
  const reopen = async () => {
    const answer = await reopenDraftAction({ productId });
    if (answer.ok) router.push(`/runs/${answer.data.runId}`);
    return answer;
  };
  return (
    <ConfirmDialog
      trigger={<Button icon={<Pencil aria-hidden />}>Edit the draft</Button>}
      title="Take it back to its draft?"
      effects={[
        'Staging is emptied: files, keys and ports.',
        'The draft opens again with all you entered: file, schema, rules, documentation.',
        'The results of its tests are kept.',
      ]}
      confirmLabel="Open the draft"
      danger={false}
      onConfirm={reopen}
    />
  );
}
