'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import type { PolicyDraftView } from '@/lib/governance';
import { GovernanceTabs } from '../governance-tabs';
import { StageBadge } from '../stage-badge';
import { DraftActions } from './draft-actions';
import { DraftCheckCards } from './draft-check-cards';
import type { JsonSchema } from './suggest';
import { type SaveState, useDraft } from './use-draft';

const Wait = () => <Skeleton className="h-96 w-full" />;
const YamlEditor = dynamic(() => import('./yaml-editor'), { ssr: false, loading: Wait });
const PolicyForm = dynamic(() => import('./policy-form'), { ssr: false, loading: Wait });
const YamlDiff = dynamic(() => import('./yaml-diff'), { ssr: false, loading: Wait });

interface DraftViewProps {
  draft: PolicyDraftView;
  schema: object;
}

/** A draft as form and text side by side; on a phone one after the other. */
export function DraftView({ draft, schema }: DraftViewProps) {
  const held = useDraft(draft);
  const [side, setSide] = useState<'form' | 'text'>('form');
  const isReadOnly = draft.stage !== 'draft';
  return (
    <>
      <PageHeader
        title={`${draft.name}, version ${draft.version}`}
        description={`Holds in ${draft.domain?.title ?? 'every domain'}.`}
        badges={
          <>
            <StageBadge stage={draft.stage} />
            {draft.submittedAt && <Badge tone="accent">Waits for a decision</Badge>}
          </>
        }
        meta={
          <>
            <span>Written by {draft.editors.join(', ') || 'Portolan'}</span>
            {draft.submittedAt && (
              <span>
                submitted <RelativeTime at={draft.submittedAt} />
              </span>
            )}
            {!isReadOnly && <Saved state={held.state} />}
          </>
        }
        crumbs={[
          { label: 'Governance', href: '/governance' },
          { label: 'Policies', href: '/governance/policies' },
          { label: draft.name, href: `/governance/policies/${draft.name}` },
          { label: 'Draft' },
        ]}
      />
      <GovernanceTabs current="/governance/policies" />
      {typeof held.state === 'object' && (
        <Callout tone="error" title="Not saved" className="mb-4">
          {held.state.refused} Your text is still here; copy it before you reload.
        </Callout>
      )}
      <div className="mb-3 flex gap-2 lg:hidden">
        {(['form', 'text'] as const).map((one) => (
          <Button
            key={one}
            size="sm"
            variant={side === one ? 'primary' : 'secondary'}
            aria-pressed={side === one}
            onClick={() => setSide(one)}
          >
            {one === 'form' ? 'Form' : 'YAML'}
          </Button>
        ))}
      </div>
      <div className="grid gap-6 lg:grid-cols-2">
        <Card title="Form" className={side === 'form' ? '' : 'max-lg:hidden'}>
          <PolicyForm
            yaml={held.yaml}
            onChange={held.setYaml}
            isDomain={draft.domain !== null}
            isReadOnly={isReadOnly}
          />
        </Card>
        <Card
          title="YAML"
          description="Ctrl-Space offers what may stand here."
          className={side === 'text' ? '' : 'max-lg:hidden'}
        >
          <YamlEditor
            value={held.yaml}
            onChange={held.setYaml}
            issues={held.check.issues}
            schema={schema as JsonSchema}
            isReadOnly={isReadOnly}
          />
        </Card>
      </div>
      <div className="mt-6 grid gap-6">
        <DraftCheckCards check={held.check} isApproved={draft.approvedAt !== null} />
        {draft.inForce && (
          <Card title={`Text, compared with version ${draft.inForce.version} in force`}>
            <YamlDiff before={draft.inForce.yaml} after={held.yaml} />
          </Card>
        )}
        <Card title="Decide">
          <div className="grid gap-4">
            <Field
              label="Reason"
              required
              hint="Why this version exists. It stands in the history and in the audit log."
            >
              <Textarea
                value={held.reason}
                rows={2}
                maxLength={500}
                disabled={isReadOnly}
                onChange={(event) => held.setReason(event.target.value)}
              />
            </Field>
            <DraftActions draft={draft} held={held} />
          </div>
        </Card>
      </div>
    </>
  );
}

function Saved({ state }: { state: SaveState }) {
  const text = { saved: 'Saved', saving: 'Saving…', unsaved: 'Not saved yet' };
  const isBad = typeof state === 'object';
  return (
    <span aria-live="polite">
      <StatusBadge tone={isBad ? 'error' : state === 'saved' ? 'ok' : 'neutral'}>
        {isBad ? 'Not saved' : text[state]}
      </StatusBadge>
    </span>
  );
}
