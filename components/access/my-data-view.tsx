import Link from 'next/link';
import { apiSamples } from '@/components/products/api-samples';
import { Badge } from '@/components/ui/badge';
import { ButtonLink } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { EmptyState } from '@/components/ui/states';
import { Table } from '@/components/ui/table';
import type { HeldGrant, ItemRow, MyData } from '@/lib/access';
import { DeputyCard } from './deputy-card';
import { ItemsTable } from './items-table';
import { RenewDialog } from './renew-dialog';
import { TermsText } from './terms-text';

interface MyDataViewProps {
  data: MyData;
  requests: ItemRow[];
  origin: string;
}

/** What I may read, by what right, until when, and how. */
export function MyDataView({ data, requests, origin }: MyDataViewProps) {
  const ending = data.grants.filter((grant) => grant.canRenew);
  const [first] = data.grants;
  return (
    <div className="grid gap-6">
      <PageHeader
        className="mb-0"
        title="My data"
        description="What you may read by a grant, until when, and how to read it."
        actions={<ButtonLink href="/access">Ask for access</ButtonLink>}
      />
      {ending.length > 0 && (
        <Card title="Ends soon" description="Ask now to go on; until then everything stays." flush>
          <GrantsList caption="Grants that end soon" grants={ending} />
        </Card>
      )}
      <Card
        title="Grants"
        description="What your roles open stands on each product’s Access tab."
        flush
      >
        <GrantsList caption="Grants in force" grants={data.grants} />
      </Card>
      {first && (
        <Card
          title="Read it"
          description="Works as pasted, once PORTOLAN_TOKEN holds a token with the scope data:read."
        >
          <CodeBlock
            samples={apiSamples(`${origin}/api/v1/data/${first.product.address}/rows?limit=5`)}
          />
        </Card>
      )}
      <Card title="Requests" flush>
        <ItemsTable
          caption="My newest requests"
          items={requests.slice(0, 5)}
          empty={<EmptyState title="You have not asked for anything" />}
        />
      </Card>
      <Card
        title="Tokens that read data"
        actions={<ButtonLink href="/settings/tokens">API tokens</ButtonLink>}
        flush
      >
        <Table
          caption="Tokens that read data"
          rows={data.tokens}
          rowKey={(token) => token.id}
          empty={
            <EmptyState
              title="No token reads data"
              description="Make one with the scope data:read for your programs."
            />
          }
          columns={[
            { key: 'name', header: 'Token', rowHeader: true, cell: (token) => token.name },
            {
              key: 'used',
              header: 'Last used',
              cell: ({ lastUsedAt }) => (lastUsedAt ? <RelativeTime at={lastUsedAt} /> : 'Never'),
            },
            {
              key: 'ends',
              header: 'Expires',
              cell: ({ expiresAt }) => <RelativeTime at={expiresAt} />,
            },
          ]}
        />
      </Card>
      <DeputyCard deputy={data.deputy} />
    </div>
  );
}

function GrantsList({ caption, grants }: { caption: string; grants: HeldGrant[] }) {
  return (
    <Table
      caption={caption}
      rows={grants}
      rowKey={(grant) => grant.id}
      empty={
        <EmptyState
          title="You hold no grant"
          description="Find a product that you need and ask for access."
          actions={<ButtonLink href="/catalog">Open the catalogue</ButtonLink>}
        />
      }
      columns={[
        {
          key: 'product',
          header: 'Product',
          rowHeader: true,
          cell: ({ product, holder }) => (
            <>
              <Link className="link font-medium" href={`/products/${product.address}/data`}>
                {product.title}
              </Link>
              <span className="block text-sm font-normal text-subtle">
                {product.address}
                {holder !== 'You' && ` · ${holder}`}
              </span>
              <Badge>{product.classification}</Badge>
            </>
          ),
        },
        {
          key: 'opens',
          header: 'Opens',
          cell: (grant) => (
            <span className="block max-w-xs text-sm">
              <TermsText terms={grant.terms} />
            </span>
          ),
        },
        {
          key: 'why',
          header: 'Purpose',
          cell: ({ purpose, note }) => (
            <span className="block max-w-xs break-words">
              {purpose}
              {note && <span className="block text-sm text-muted">{note}</span>}
            </span>
          ),
        },
        {
          key: 'ends',
          header: 'Ends',
          cell: (grant) => (
            <span className="grid justify-items-start gap-1.5">
              {grant.expiresAt ? <RelativeTime at={grant.expiresAt} /> : 'Without an end'}
              {grant.canRenew && <RenewDialog grant={grant} />}
            </span>
          ),
        },
        {
          key: 'reads',
          header: 'My reads, 30 days',
          align: 'right',
          cell: ({ reads }) => reads.count.toLocaleString('en-GB'),
        },
      ]}
    />
  );
}
