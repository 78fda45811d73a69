'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Stepper } from '@/components/ui/stepper';
import type { DraftData } from '@/lib/products/draft-data';
import type { DraftView } from '@/lib/products/draft-queries';
import type { TemplateCard } from '@/lib/products/template-queries';
import type { DomainOption } from '@/lib/products/wizard-options';
import { ConflictDialog } from './conflict-dialog';
import { ErrorSummary } from './error-summary';
import { SaveStatus } from './save-status';
import { StepBasics } from './step-basics';
import { StepReview } from './step-review';
import { StepSource } from './step-source';
import { useAutosave } from './use-autosave';
import { useStep } from './use-step';
import { useWizardActions } from './use-wizard-actions';
import { WizardProvider, type WizardState } from './wizard-context';
import { STEPS, type StepNumber, stepOfPath } from './words';

interface WizardProps {
  draft: DraftView;
  templates: TemplateCard[];
  domains: DomainOption[];
}

/** The three screens over one server-side draft. */
export function Wizard({ draft, templates, domains }: WizardProps) {
  const save = useAutosave(draft);
  const [upload, setUpload] = useState(draft.upload);
  const [errors, setErrors] = useState<Errors>({});
  /** A conflict that the person wants to look at the draft before deciding on. */
  const [putOff, setPutOff] = useState<Newer | null>(null);
  const { step, go, goToField } = useStep();
  const actions = useWizardActions({ draft, save, setErrors, step, go });
  const summary = useRef<HTMLDivElement>(null);
  const failed = Object.keys(errors).length;
  useEffect(() => {
    if (failed > 0) summary.current?.focus();
  }, [failed]);

  const { update: saveUpdate } = save;
  /** A message goes away with the value that it was about. */
  const update = useCallback<WizardState['update']>(
    (change) =>
      saveUpdate((before) => {
        const patch = typeof change === 'function' ? change(before) : change;
        setErrors((held) => stillTrue(held, before, { ...before, ...patch }));
        return patch;
      }),
    [saveUpdate],
  );

  const state = useMemo<WizardState>(
    () => ({
      draftId: draft.id,
      data: save.data,
      savedRev: save.savedRev,
      update,
      errors,
      templates,
      domains,
      upload,
      setUpload,
      goToField,
      flush: save.flush,
      pause: save.pause,
      resume: save.resume,
    }),
    [draft.id, save, update, errors, templates, domains, upload, goToField],
  );
  const bad = new Set(Object.keys(errors).map(stepOfPath));

  return (
    <WizardProvider value={state}>
      <div className="flex max-w-5xl flex-col gap-6">
        <PageHeader
          title={save.data.title || 'New data product'}
          crumbs={[{ label: 'New product', href: '/products/new' }, { label: 'Draft' }]}
          meta={
            <SaveStatus
              state={save.state}
              onRetry={() => void save.flush()}
              onResolve={() => setPutOff(null)}
            />
          }
        />
        <Stepper
          label="Steps"
          steps={STEPS.map(({ label, description }, index) => ({
            label,
            description,
            href: `?step=${index + 1}`,
            state: stateOf((index + 1) as StepNumber, step, bad),
          }))}
        />
        <div ref={summary} tabIndex={-1} className="outline-none">
          <ErrorSummary errors={errors} onGo={goToField} />
        </div>
        {step === 1 && <StepBasics />}
        {step === 2 && <StepSource />}
        {step === 3 && <StepReview />}
        <WizardFooter step={step} isPending={actions.isPending} go={go} actions={actions} />
      </div>
      {save.state.kind === 'stale' && save.state.newer !== putOff && (
        <Conflict
          draftId={draft.id}
          save={save}
          newer={save.state.newer}
          setUpload={setUpload}
          onClose={setPutOff}
        />
      )}
    </WizardProvider>
  );
}

type Errors = Record<string, string>;

function stillTrue(errors: Errors, before: DraftData, after: DraftData): Errors {
  const kept = Object.entries(errors).filter(([path]) => at(before, path) === at(after, path));
  return kept.length === Object.keys(errors).length ? errors : Object.fromEntries(kept);
}

function at(data: DraftData, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], data);
}

function stateOf(number: StepNumber, current: StepNumber, bad: ReadonlySet<StepNumber>) {
  if (number === current) return 'current' as const;
  if (bad.has(number)) return 'error' as const;
  return number < current ? ('done' as const) : ('todo' as const);
}

type Save = ReturnType<typeof useAutosave>;
type Newer = Extract<Save['state'], { kind: 'stale' }>['newer'];

interface ConflictProps {
  draftId: string;
  save: Save;
  newer: Newer;
  setUpload: WizardState['setUpload'];
  onClose: (newer: Newer) => void;
}

function Conflict({ draftId, save, newer, setUpload, onClose }: ConflictProps) {
  // The dialog stays until the newest version is here, so that nothing can be typed in between.
  const load = async () => {
    const response = await fetch(`/api/v1/drafts/${draftId}`).catch(() => null);
    const fresh = response?.ok ? ((await response.json()) as DraftView) : null;
    if (fresh) setUpload(fresh.upload);
    save.replace(fresh ? { ...fresh, savedAt: fresh.updatedAt } : newer);
  };
  return (
    <ConflictDialog
      mine={save.data}
      newer={newer}
      onLoad={() => void load()}
      onOverwrite={() => void save.overwrite(newer)}
      onClose={() => onClose(newer)}
    />
  );
}

interface FooterProps {
  step: StepNumber;
  isPending: boolean;
  go: (step: StepNumber) => void;
  actions: { next: () => void; submit: () => void };
}

function WizardFooter({ step, isPending, go, actions }: FooterProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t pt-5">
      {step > 1 ? (
        <Button variant="ghost" onClick={() => go((step - 1) as StepNumber)}>
          Back
        </Button>
      ) : (
        <span />
      )}
      {step < 3 ? (
        <Button variant="primary" loading={isPending} onClick={actions.next}>
          Continue
        </Button>
      ) : (
        <Button variant="primary" loading={isPending} onClick={actions.submit}>
          Submit and provision
        </Button>
      )}
    </div>
  );
}
