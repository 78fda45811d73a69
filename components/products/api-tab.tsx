import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { CopyButton } from '@/components/ui/copy-button';
import { Table } from '@/components/ui/table';
import type { ProductPage } from '@/lib/serving';
import { apiSamples, sampleUrl } from './api-samples';

const PARAMETERS = [
  { name: 'select', example: 'select=a,b', text: 'The columns, in this order. Without it: all.' },
  {
    name: '<column>',
    example: 'amount=gte.10&name=in.(a,b)',
    text: 'A filter. eq neq gt gte lt lte in.(…) between.(a,b) like ilike is.null is.true; not. before one turns it round. Several are joined by and.',
  },
  {
    name: 'col.<column>',
    example: 'col.select=eq.x',
    text: 'The same, for a column that is called like a parameter.',
  },
  { name: 'or', example: 'or=(a.eq.1,b.gt.2)', text: 'Rows that pass any of these filters.' },
  {
    name: 'order',
    example: 'order=ts.desc,name.asc.nullsfirst',
    text: 'Sorting. Nulls come last unless nullsfirst says otherwise.',
  },
  {
    name: 'limit',
    example: 'limit=500',
    text: 'JSON: 1 to 10,000 rows a page, 100 without it. Other formats send every row.',
  },
  {
    name: 'page',
    example: 'page=…',
    text: 'The nextPage of the answer before. Pages stay on the snapshot they began with.',
  },
  {
    name: 'count',
    example: 'count=exact',
    text: 'Counts the matches: total in JSON, X-Total-Count otherwise.',
  },
  {
    name: 'cells',
    example: 'cells=safe',
    text: 'CSV for spreadsheets: text that would run as a formula is led by an apostrophe. Default raw.',
  },
  {
    name: 'version',
    example: 'version=1',
    text: 'Answers by an older version of the contract, while it is served.',
  },
  { name: 'download', example: 'download=true', text: 'Answers as a file to be saved.' },
];

const FORMATS = [
  ['rows, rows.json', 'application/json', 'pages with nextPage, columns and snapshot'],
  ['rows.ndjson', 'application/x-ndjson', 'one JSON object a line, streamed'],
  ['rows.csv', 'text/csv', 'RFC 4180 with a header, streamed'],
  ['rows.parquet', 'application/vnd.apache.parquet', 'one file, zstd'],
] as const;

export function ApiTab({ page, origin }: { page: ProductPage; origin: string }) {
  const address = `${page.domain}/${page.name}`;
  const endpoint = `${origin}${page.links.rows}`;
  const names = page.schema.map((field) => field.name);
  return (
    <div className="flex flex-col gap-6">
      <Card title="Endpoint">
        <div className="flex items-center gap-2">
          <code className="min-w-0 flex-1 rounded-md bg-sunken px-3 py-2 font-mono text-sm break-all">
            GET {endpoint}
          </code>
          <CopyButton text={endpoint} label="Copy the address" />
        </div>
        <p className="mt-3 text-muted">
          Needs a token with the scope <code className="font-mono">data:read</code>:{' '}
          <Link className="link" href="/settings/tokens">
            make one
          </Link>
          , then <code className="font-mono">export PORTOLAN_TOKEN=…</code>. What the product is and
          promises stands at{' '}
          <a className="link font-mono break-all" href={page.links.self}>
            {page.links.self}
          </a>
          .
        </p>
      </Card>
      <CodeBlock samples={apiSamples(sampleUrl(origin, address, names))} />
      <Card title="Parameters" flush>
        <Table
          caption="Parameters of the rows address"
          rows={PARAMETERS}
          rowKey={(row) => row.name}
          columns={[
            {
              key: 'name',
              header: 'Parameter',
              rowHeader: true,
              cell: (row) => (
                <code className="font-mono text-sm whitespace-nowrap">{row.name}</code>
              ),
            },
            { key: 'text', header: 'Meaning', className: 'min-w-64', cell: (row) => row.text },
            {
              key: 'example',
              header: 'Example',
              cell: (row) => <code className="font-mono text-sm break-all">{row.example}</code>,
            },
          ]}
        />
      </Card>
      <Card title="Formats" description="By suffix or by the Accept header." flush>
        <Table
          caption="Formats of the rows address"
          rows={FORMATS}
          rowKey={([suffix]) => suffix}
          columns={[
            {
              key: 'suffix',
              header: 'Suffix',
              rowHeader: true,
              cell: ([suffix]) => <code className="font-mono text-sm">{suffix}</code>,
            },
            {
              key: 'type',
              header: 'Accept',
              cell: ([, type]) => <code className="font-mono text-sm">{type}</code>,
            },
            { key: 'text', header: 'What comes', cell: ([, , text]) => text },
          ]}
        />
      </Card>
    </div>
  );
}
