import Link from 'next/link';
import { Badge, StatusBadge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { Table } from '@/components/ui/table';
import type { CatalogueFact, RuleRow } from '@/lib/governance';
import { CatalogueCheckCard } from './catalogue-check-card';
import { GovernanceTabs } from './governance-tabs';
import { RuleTrial } from './rule-trial';

interface RulesViewProps {
  rules: RuleRow[];
  facts: CatalogueFact[];
  /** Stewards and data admins try rules on the live catalogue. */
  canTry: boolean;
}

export function RulesView({ rules, facts, canTry }: RulesViewProps) {
  return (
    <>
      <PageHeader
        title="Validation rules"
        description="What every product is checked for before it is made, and again while it lives."
        crumbs={[{ label: 'Governance', href: '/governance' }, { label: 'Rules' }]}
      />
      <GovernanceTabs current="/governance/rules" />
      <div className="grid gap-6">
        <Card title="Rules in force" flush>
          <RulesTable rules={rules} />
        </Card>
        {canTry && <CatalogueCheckCard />}
        {canTry && <RuleTrial facts={facts} />}
        <Card
          title="What a rule can look at"
          description="Rules are written in CEL, the Common Expression Language. What was not measured is absent: ask has(…) first."
          flush
        >
          <Table
            caption="Facts"
            rows={facts}
            rowKey={(fact) => fact.name}
            maxHeight="24rem"
            columns={[
              {
                key: 'name',
                header: 'Name',
                rowHeader: true,
                cell: (fact) => <code>{fact.name}</code>,
              },
              { key: 'type', header: 'Type', cell: (fact) => fact.type },
              { key: 'about', header: 'What it is', cell: (fact) => fact.about },
            ]}
          />
        </Card>
      </div>
    </>
  );
}

function RulesTable({ rules }: { rules: RuleRow[] }) {
  return (
    <Table
      caption="Rules in force"
      rows={rules}
      rowKey={(rule) => `${rule.source}/${rule.id}`}
      columns={[
        {
          key: 'title',
          header: 'Rule',
          rowHeader: true,
          cell: (rule) => (
            <>
              {rule.title}
              <code className="block text-sm font-normal text-subtle">{rule.id}</code>
            </>
          ),
        },
        {
          key: 'level',
          header: 'When broken',
          cell: (rule) =>
            rule.level === 'varies' ? (
              <span className="text-muted">by the policy</span>
            ) : (
              <StatusBadge tone={rule.level === 'error' ? 'error' : 'warn'}>
                {rule.level === 'error' ? 'blocks' : 'warns'}
              </StatusBadge>
            ),
        },
        {
          key: 'source',
          header: 'From',
          cell: (rule) =>
            rule.policy ? (
              <Link href={`/governance/policies/${rule.policy}`} className="link">
                {rule.source}
              </Link>
            ) : (
              <Badge>built-in</Badge>
            ),
        },
        {
          key: 'expression',
          header: 'Holds when',
          cell: (rule) =>
            rule.expression ? <code className="text-sm break-words">{rule.expression}</code> : '–',
        },
      ]}
    />
  );
}
