'use client';

import { ReadinessList } from '@/components/documentation/readiness-list';
import { FindingsList } from '@/components/governance/findings-list';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ErrorState } from '@/components/ui/states';
import type { ReadyDraft } from '@/lib/documentation';
import { ErrorSummary } from './error-summary';
import { useReview } from './use-review';
import { useWizard } from './wizard-context';
import { type StepNumber, stepOfPath } from './words';

/** The plan, what governance says, and the document, of the draft as it is saved. */
export function ReviewPanel() {
  const { draftId, savedRev, errors, goToField } = useWizard();
  const { data, error, refetch, isFetching } = useReview(draftId, savedRev);
  if (error) {
    return <ErrorState message={error.message} onRetry={() => refetch()} isRetrying={isFetching} />;
  }
  if (!data) {
    return (
      <Card title="Plan">
        <SkeletonRows rows={6} label="Working out the plan" />
      </Card>
    );
  }
  if (Object.keys(data.fields).length > 0) {
    return (
      <div className="flex flex-col gap-3">
        {Object.keys(errors).length === 0 && <ErrorSummary errors={data.fields} onGo={goToField} />}
        <p className="text-sm text-muted">The plan appears here once these are mended.</p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-6" aria-busy={isFetching}>
      <FindingsList findings={data.findings} subject={{ draftId }} />
      <Readiness items={data.readiness} onGo={goToField} />
      <Plan plan={data.plan} />
      {data.yaml && (
        <Card title="Descriptor" description="The DataProduct document that submitting keeps.">
          <CodeBlock samples={[{ label: 'YAML', code: data.yaml }]} maxHeight="28rem" />
        </Card>
      )}
    </div>
  );
}

interface ReadinessProps {
  items: ReadyDraft['readiness'];
  onGo: (path: string, step: StepNumber) => void;
}

function Readiness({ items, onGo }: ReadinessProps) {
  return (
    <Card
      title="Ready to publish"
      description={`${items.filter(({ isDone }) => isDone).length} of ${items.length} done. The list stops nothing; gates and policies do.`}
    >
      <ReadinessList
        items={items}
        mend={({ field, title }) => (
          <button
            type="button"
            className="link text-left"
            onClick={() => onGo(field, stepOfPath(field))}
          >
            {title}
          </button>
        )}
      />
    </Card>
  );
}

const SIGNS = {
  create: '+',
  run: '▸',
  schedule: '◷',
  register: '+',
  attach: '+',
  verify: '✓',
} as const;

function Plan({ plan }: Pick<ReadyDraft, 'plan'>) {
  const count = plan.reduce((sum, step) => sum + step.changes.length, 0);
  return (
    <Card
      title="Plan"
      description={`Submitting performs ${count} changes in ${plan.length} steps, or none.`}
    >
      <ol className="flex flex-col gap-5">
        {plan.map((step) => (
          <li key={step.capability}>
            <h3 className="text-base font-medium capitalize">
              {step.capability}{' '}
              <span className="font-normal text-subtle normal-case">by {step.title}</span>
            </h3>
            <ul className="mt-1.5 flex flex-col gap-1">
              {step.changes.map((change) => (
                <li key={`${change.action} ${change.what}`} className="flex gap-2.5 text-base">
                  <span className="w-4 shrink-0 text-center font-mono text-accent-ink" aria-hidden>
                    {SIGNS[change.action]}
                  </span>
                  <span className="min-w-0">
                    <span className="text-muted">{change.action}</span> {change.what}
                    {change.detail && <span className="text-subtle">, {change.detail}</span>}
                  </span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </Card>
  );
}
