import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  flushUsage,
  OPERATORS,
  openRows,
  productDescriptor,
  productMetadata,
  ROW_FORMATS,
  type RowFormat,
} from '@/lib/serving';

const Address = z.object({ domain: z.string().max(63), product: z.string().max(63) });
const Version = z.object({ version: z.string().max(40).optional() });
type AddressParams = z.infer<typeof Address>;

const rowsSchema = {
  tags: ['Data'],
  params: Address,
  summary: "A data product's rows",
  description: [
    'Filters name a column: `?amount=gte.10&name=in.(a,b)`.',
    `Operators: ${OPERATORS.join(', ')}; "not." before one turns it round; or=(a.eq.1,b.gt.2) joins some.`,
    'A column named like a parameter is written col.select=eq.x.',
    'select=a,b · order=ts.desc.nullslast,a · limit (JSON: 1–10,000, default 100) · page=nextPage ·',
    'count=exact · cells=safe (CSV for spreadsheets) · download=true ·',
    'version=1 (an older version of the contract, while it is served) ·',
    'asOf=12 or asOf=2026-01-31T12:00:00Z reads an earlier snapshot · environment=staging what waits for its promotion.',
    'A deprecated product or version answers with the headers Deprecation, Sunset and Link.',
    'Formats by Accept or suffix: rows.json, rows.ndjson, rows.csv, rows.parquet.',
  ].join(' '),
};

async function sendRows(
  request: FastifyRequest,
  reply: FastifyReply,
  format?: RowFormat,
): Promise<FastifyReply> {
  const { domain, product } = request.params as AddressParams;
  const client = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) client.abort(new Error('The client left.'));
  });
  const mark = request.raw.url?.indexOf('?') ?? -1;
  const { status, headers, body } = await openRows(request.ctx, {
    domain,
    product,
    query: mark === -1 ? '' : request.raw.url!.slice(mark + 1),
    format,
    accept: request.headers.accept,
    ifNoneMatch: request.headers['if-none-match'],
    isHead: request.method === 'HEAD',
    signal: client.signal,
  });
  return reply
    .code(status)
    .headers(headers)
    .send(body ?? undefined);
}

/** The read path over HTTP (DESIGN §5). */
export const dataRoutes: FastifyPluginAsyncZod = async (app) => {
  app.addHook('onClose', () => flushUsage());
  const url = '/data/:domain/:product/rows';
  const method: ('GET' | 'HEAD')[] = ['GET', 'HEAD'];
  const handler = (format?: RowFormat) => (request: FastifyRequest, reply: FastifyReply) =>
    sendRows(request, reply, format);
  app.route({ method, url, exposeHeadRoute: false, schema: rowsSchema, handler: handler() });
  for (const format of ROW_FORMATS) {
    const schema = { hide: true, params: Address };
    app.route({
      ...{ method, exposeHeadRoute: false, schema },
      url: `${url}.${format}`,
      handler: handler(format),
    });
  }
  const metadataSchema = {
    tags: ['Data'],
    params: Address,
    querystring: Version,
    summary: "A data product's schema, objectives, owner, snapshot and quality",
  };
  app.get(
    '/data/:domain/:product/descriptor.yaml',
    {
      schema: { tags: ['Data'], params: Address, summary: 'The DataProduct document as YAML' },
    },
    async (request, reply) => {
      const { domain, product } = request.params;
      const yaml = await productDescriptor(request.ctx, domain, product);
      return reply
        .type('application/yaml; charset=utf-8')
        .header('content-disposition', `attachment; filename="${domain}-${product}.yaml"`)
        .serializer((text: string) => text)
        .send(yaml);
    },
  );
  for (const path of ['', '/metadata']) {
    app.get(
      `/data/:domain/:product${path}`,
      { schema: path ? metadataSchema : { hide: true, params: Address, querystring: Version } },
      ({ ctx, params, query }) =>
        productMetadata(ctx, params.domain, params.product, query.version),
    );
  }
};
