import type { ReactNode } from 'react';
import { AddRule } from '@/components/quality/add-rule';
import { HistoryCharts } from '@/components/quality/history-charts';
import { IncidentsTable } from '@/components/quality/incidents-table';
import { QuarantineCard } from '@/components/quality/quarantine-card';
import { RuleSwitch } from '@/components/quality/rule-switch';
import { RulesTable } from '@/components/quality/rules-table';
import { RunRulesButton } from '@/components/quality/run-rules-button';
import { ScoreStats } from '@/components/quality/score-stats';
import { SuggestedRules } from '@/components/quality/suggested-rules';
import { ButtonLink } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { type Ctx, can } from '@/lib/core';
import {
  type LatestQuality,
  latestQuality,
  listIncidents,
  listQuarantine,
  listRules,
  type QualityHistory,
  qualityHistory,
  type RuleRow,
} from '@/lib/quality';
import type { ProductPage } from '@/lib/serving';

export async function QualityTab({ ctx, page }: { ctx: Ctx; page: ProductPage }) {
  const { id: productId, domain, name } = page;
  const address = `${domain}/${name}`;
  const canManage = page.status !== 'retired' && can(ctx, 'quality.manage', page);
  const [latest, history, { incidents }, over, quarantine, rules] = await Promise.all([
    latestQuality(ctx, productId),
    qualityHistory(ctx, productId),
    listIncidents(ctx, productId),
    listIncidents(ctx, productId, { status: 'resolved' }),
    listQuarantine(ctx, productId),
    listRules(ctx, productId),
  ]);
  const actions = canManage && (
    <>
      <RunRulesButton productId={productId} />
      <AddRule
        productId={productId}
        columns={page.schema.map(({ name, type }) => ({ name, type }))}
        taken={rules.map((rule) => rule.name)}
      />
    </>
  );
  if (!latest) {
    return (
      <EmptyState
        title="Not measured yet"
        description="Quality rules run over every new snapshot; the first results appear when the product is provisioned."
        actions={actions || undefined}
      />
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Unusual anomalies={history.anomalies} />
      <ScoreStats dimensions={history.dimensions} />
      {incidents.length > 0 && (
        <Card title="Incidents" description="One for each rule that fails." flush>
          <IncidentsTable incidents={incidents} address={address} />
        </Card>
      )}
      <RulesCard latest={latest} address={address} actions={actions} canManage={canManage} />
      {canManage && page.mayRead && <SuggestedRules productId={productId} />}
      <SwitchedOff rules={rules.filter((rule) => !rule.isEnabled)} canManage={canManage} />
      <HistoryCharts history={history} />
      <QuarantineCard files={quarantine} canManage={canManage} />
      {over.incidents.length > 0 && (
        <Card title="Incidents that are over" flush>
          <IncidentsTable incidents={over.incidents} address={address} />
        </Card>
      )}
    </div>
  );
}

function Unusual({ anomalies }: { anomalies: QualityHistory['anomalies'] }) {
  return anomalies.map((anomaly) => (
    <Callout
      key={anomaly.kind}
      tone="warn"
      title={anomaly.kind === 'volume' ? 'An unusual number of rows' : 'A load is late'}
    >
      {anomaly.message}
    </Callout>
  ));
}

interface RulesCardProps {
  latest: LatestQuality;
  address: string;
  actions: ReactNode;
  canManage: boolean;
}

function RulesCard({ latest, address, actions, canManage }: RulesCardProps) {
  const { scans } = latest;
  return (
    <Card
      flush
      title="Rules"
      description={
        <>
          Measured <RelativeTime at={latest.finishedAt ?? latest.startedAt} />
          {scans !== null && `, in ${scans} ${scans === 1 ? 'pass' : 'passes'} over the rows`}
        </>
      }
      actions={
        <>
          {actions}
          <ButtonLink size="sm" href={`/products/${address}/quality/report`}>
            Report
          </ButtonLink>
        </>
      }
    >
      <RulesTable results={latest.results} canManage={canManage} />
    </Card>
  );
}

function SwitchedOff({ rules, canManage }: { rules: RuleRow[]; canManage: boolean }) {
  if (rules.length === 0) return null;
  return (
    <Card title="Switched off">
      <ul className="flex flex-col gap-2">
        {rules.map((rule) => (
          <li key={rule.id} className="flex flex-wrap items-center justify-between gap-2">
            <span>
              {rule.name} <span className="text-sm text-muted">{rule.says}</span>
            </span>
            {canManage && <RuleSwitch ruleId={rule.id} name={rule.name} isEnabled={false} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}
