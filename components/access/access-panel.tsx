import Link from 'next/link';
import { Callout } from '@/components/ui/callout';
import { Card } from '@/components/ui/card';
import { Table } from '@/components/ui/table';
import type { ProductAccess } from '@/lib/access';
import { AskButton } from './ask-button';
import { AutoApprovalForm } from './auto-approval-form';
import { GrantForm } from './grant-form';
import { GrantsTable } from './grants-table';
import { TermsText } from './terms-text';

/** The access tab of a product's page: may I, who else may, and letting people in. */
export function AccessPanel({ access }: { access: ProductAccess }) {
  const { product, canManage, grants } = access;
  const path = `${product.domain}/${product.name}`;
  return (
    <div className="grid gap-6">
      <Verdict access={access} />
      {canManage && product.status !== 'retired' && (
        <Card
          title="Let somebody in"
          description="A grant lets one person reach this product for one purpose. They read the next moment; it is written to the audit log."
        >
          <GrantForm productId={product.id} />
        </Card>
      )}
      {(canManage || grants.length > 0) && (
        <Card title={canManage ? 'Grants' : 'Your grants'} flush>
          <GrantsTable grants={grants} path={path} fields={access.manage?.fields ?? null} />
        </Card>
      )}
      {access.manage && product.status !== 'retired' && (
        <Card
          title="Approve by rule"
          description="Requests that the rule permits are approved at once and checked like any other. Everything else waits for you."
        >
          <AutoApprovalForm
            productId={product.id}
            classification={product.classification}
            rule={access.manage.rule}
          />
        </Card>
      )}
      <Card
        title="By role"
        description={`Roles in ${product.domain} that reach ${product.classification} data under the policies in force.`}
        flush
      >
        <Table
          caption="Access by role"
          rows={access.roles}
          rowKey={(row) => row.role}
          empty="No role reaches this classification: only the owner and people with a grant do."
          columns={[
            { key: 'role', header: 'Role', rowHeader: true, cell: (row) => row.role },
            { key: 'may', header: 'May', cell: (row) => row.permissions.join(', ') },
            {
              key: 'policy',
              header: 'Policy',
              cell: (row) => (
                <Link className="link" href={`/governance/policies/${row.policy.split('/')[0]}`}>
                  {row.policy}
                </Link>
              ),
            },
          ]}
        />
      </Card>
    </div>
  );
}

const titleOf = ({ allow, terms }: ProductAccess['decision']) => {
  if (!allow) return 'You may not read this product';
  return terms ? 'You may read a part of this product' : 'You may read this product';
};

function Verdict({ access: { decision, owner, product } }: { access: ProductAccess }) {
  const rules = decision.policies.map((one) => one.id).join(', ');
  return (
    <Callout tone={decision.allow ? 'ok' : 'warn'} title={titleOf(decision)}>
      <p>{decision.reason}</p>
      {decision.terms && <TermsText terms={decision.terms} />}
      {rules && <p className="mt-1 font-mono text-xs break-all">{rules}</p>}
      {!decision.allow && decision.howToAsk && (
        <>
          <p className="mt-1">
            <a className="link" href={`mailto:${decision.howToAsk.owner}`}>
              {owner.name}
            </a>
            , who owns it, can give you a grant; say what the data is for.
          </p>
          <AskButton productId={product.id} />
        </>
      )}
      <p className="mt-1">
        <Link
          className="link"
          href={`/governance/playground?product=${product.domain}/${product.name}`}
        >
          Why? See every policy that was looked at
        </Link>
      </p>
    </Callout>
  );
}
