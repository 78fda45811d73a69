import { Card } from '@/components/ui/card';
import { KeyValue } from '@/components/ui/key-value';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { ContractView } from '@/lib/interop';

/** Service levels, terms, support, price and roles. */
export function ContractPromises({ contract }: { contract: ContractView }) {
  const { levels, terms, support, price, roles } = contract;
  return (
    <>
      <Card title="Service levels" flush>
        <Table
          caption="Service levels of the contract"
          rows={levels.map((level, index) => ({ ...level, key: String(index) }))}
          rowKey={({ key }) => key}
          empty={<EmptyState title="No objectives" description="This product promises none yet." />}
          columns={[
            { key: 'property', header: 'What', rowHeader: true, cell: ({ property }) => property },
            { key: 'value', header: 'Promise', cell: ({ value }) => value },
            {
              key: 'element',
              header: 'Of',
              cell: ({ element }) => (
                <span className="font-mono text-sm">{element ?? 'the product'}</span>
              ),
            },
            { key: 'text', header: 'Note', cell: ({ description }) => description ?? '–' },
          ]}
        />
      </Card>
      <div className="grid gap-6 lg:grid-cols-2">
        <Card title="Terms">
          {terms.length > 0 ? (
            <KeyValue
              items={terms.map(({ label, text, href }) => ({
                label,
                value: href ? <OutsideLink href={href}>{text}</OutsideLink> : text,
              }))}
            />
          ) : (
            <p className="text-muted">No terms are given.</p>
          )}
        </Card>
        <Card title="Support and price">
          <KeyValue
            items={[
              ...support.map((channel) => ({
                label: channel.channel,
                value: <Reach channel={channel} />,
              })),
              ...(support.length === 0
                ? [{ label: 'Support', value: 'No channel is named. Ask the owner.' }]
                : []),
              {
                label: 'Price',
                value: price ? priceText(price) : 'No price is given.',
              },
            ]}
          />
        </Card>
      </div>
      {roles.length > 0 && (
        <Card title="Roles" flush>
          <Table
            caption="Roles that the contract names"
            rows={roles.map((role, index) => ({ ...role, key: String(index) }))}
            rowKey={({ key }) => key}
            columns={[
              { key: 'role', header: 'Role', rowHeader: true, cell: ({ role }) => role },
              { key: 'access', header: 'Access', cell: ({ access }) => access || '–' },
              {
                key: 'approvers',
                header: 'Approved by',
                cell: ({ approvers }) => approvers || '–',
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}

function Reach({ channel }: { channel: ContractView['support'][number] }) {
  const { href, url = 'no address', tool, scope, description } = channel;
  const about = [tool, scope].filter(Boolean).join(', ');
  return (
    <>
      {href ? <OutsideLink href={href}>{url}</OutsideLink> : url}
      {about && <span className="block text-sm text-muted">{about}</span>}
      {description && <span className="block text-sm text-muted">{description}</span>}
    </>
  );
}

export const priceText = ({ amount, currency, unit }: NonNullable<ContractView['price']>) =>
  `${amount} ${currency}${unit ? ` for each ${unit}` : ''}`;

export const OutsideLink = ({ href, children }: { href: string; children: string }) => (
  <a className="link break-all" href={href} rel="noreferrer">
    {children}
  </a>
);
