'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { FindingsList } from '@/components/governance/findings-list';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import type { ChangeCheck } from '@/lib/provisioning/versions';
import { ChangeList } from './change-list';
import { ContractForm } from './contract-form';
import { ImpactList } from './impact-list';
import { ImportContract, type PutIn, PutInNote } from './import-contract';
import { ProposeForm } from './propose-form';
import { TextDiff } from './text-diff';
import { useChangeCheck } from './use-change-check';
import { BUMPS } from './version-words';

const YamlEditor = dynamic(() => import('@/components/governance/editor/yaml-editor'), {
  ssr: false,
  loading: () => <Skeleton className="h-96 w-full" />,
});
const NO_SCHEMA = {};

export interface ProposedProduct {
  id: string;
  domain: string;
  name: string;
  title: string;
  yaml: string;
}

/** The contract as form and text side by side, what the change means below; on a phone one after the other. */
export function ProposeView({ page, check: first }: { page: ProposedProduct; check: ChangeCheck }) {
  const [yaml, setYaml] = useState(page.yaml);
  const [putIn, setPutIn] = useState<PutIn | null>(null);
  const [side, setSide] = useState<'form' | 'text'>('form');
  const { check, isStale, problem } = useChangeCheck(page.id, yaml, first);
  const address = `${page.domain}/${page.name}`;
  return (
    <>
      <PageHeader
        title={`Change the contract of ${page.title}`}
        description="What consumers are promised. Nothing changes before the new version is in force."
        badges={<Verdict check={check} isStale={isStale} />}
        crumbs={[
          { label: 'Catalogue', href: '/catalog' },
          { label: page.title, href: `/products/${address}` },
          { label: 'Versions', href: `/products/${address}/versions` },
          { label: 'Change' },
        ]}
        actions={
          <ImportContract
            productId={page.id}
            onPutIn={(next) => {
              setPutIn(next);
              setYaml(next.onto.yaml);
            }}
          />
        }
      />
      {putIn && (
        <div className="mb-6">
          <PutInNote
            onto={putIn.onto}
            onDrop={() => {
              setPutIn(null);
              setYaml(page.yaml);
            }}
          />
        </div>
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
          <ContractForm yaml={yaml} onChange={setYaml} />
        </Card>
        <Card
          title="YAML"
          description="Everything that the contract says."
          className={side === 'text' ? '' : 'max-lg:hidden'}
        >
          <YamlEditor
            value={yaml}
            onChange={setYaml}
            issues={check.issues.map((issue) => ({ ...issue, severity: 'error' as const }))}
            schema={NO_SCHEMA}
            isReadOnly={false}
            label="Contract as YAML"
          />
        </Card>
      </div>
      <div className="mt-6 grid gap-6">
        <Problems check={check} problem={problem} />
        <Card title="What changes">
          <ChangeList diff={check.diff} />
        </Card>
        <Card title="Who consumes it" flush>
          <ImpactList impact={check.impact} isBreaking={check.diff.bump === 'major'} />
        </Card>
        {check.findings.length > 0 && (
          <Card title="What the policies say">
            <div className="grid gap-3">
              <FindingsList findings={check.findings} />
            </div>
          </Card>
        )}
        <Card title="Text, compared with the contract in force">
          <TextDiff before={page.yaml} after={yaml} />
        </Card>
        <Card title="Propose">
          <ProposeForm
            productId={page.id}
            address={address}
            yaml={yaml}
            document={putIn?.document}
            check={check}
            isStale={isStale}
          />
        </Card>
      </div>
    </>
  );
}

function Verdict({ check, isStale }: { check: ChangeCheck; isStale: boolean }) {
  const { version, baseVersion, diff } = check;
  return (
    <span aria-live="polite" className="flex flex-wrap gap-2">
      <Badge>{version ? `${baseVersion} → ${version}` : baseVersion}</Badge>
      {isStale ? (
        <StatusBadge tone="running">Checking</StatusBadge>
      ) : (
        diff.bump && (
          <StatusBadge tone={diff.bump === 'major' ? 'error' : 'ok'}>
            {BUMPS[diff.bump]}
          </StatusBadge>
        )
      )}
    </span>
  );
}

function Problems({ check, problem }: { check: ChangeCheck; problem: string | null }) {
  const messages = [...(problem ? [problem] : []), ...check.issues.map((issue) => issue.message)];
  if (messages.length === 0) return null;
  return (
    <Callout tone="error" title="It cannot be proposed yet">
      <ul className="list-disc pl-5">
        {messages.slice(0, 20).map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </Callout>
  );
}
