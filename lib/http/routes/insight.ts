import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  chartCsv,
  getDashboard,
  getMetric,
  listMetrics,
  listRecounts,
  metricPointsCsv,
  metricRows,
  metricRowsCsv,
  prometheusText,
  RecountInput,
  RowsInput,
  requestRecount,
  Scope,
  SetTargetInput,
  setMetricTarget,
} from '@/lib/insight';
import { csvFile } from './csv-file';

const tags = ['Insight'];
const params = z.object({ metric: z.string().max(63) });

/** What really happened in the mesh, and how each figure is computed. */
export const insightRoutes: FastifyPluginAsyncZod = async (app) => {
  const schema = (summary: string) => ({ tags, params, querystring: Scope, summary });

  app.get(
    '/insight/metrics',
    { schema: { tags, summary: 'Every metric with its figures', querystring: Scope } },
    async ({ ctx, query }) => listMetrics(ctx, query),
  );
  app.get(
    '/insight/metrics/:metric',
    { schema: schema('A metric over time, taken apart, and how it is computed') },
    async ({ ctx, params: { metric }, query }) => getMetric(ctx, metric, query),
  );
  app.put(
    '/insight/metrics/:metric/target',
    {
      schema: {
        ...{ tags, params, summary: 'Say what a metric should come to' },
        body: SetTargetInput.omit({ metric: true }),
      },
    },
    async ({ ctx, params: { metric }, body }, reply) => {
      await setMetricTarget(ctx, { ...body, metric });
      return reply.code(204).send();
    },
  );
  app.get(
    '/insight/metrics/:metric/rows',
    { schema: { ...schema('The facts behind a figure'), querystring: RowsInput } },
    async ({ ctx, params: { metric }, query }) => metricRows(ctx, metric, query),
  );
  app.get(
    '/insight/metrics/:metric/rows.csv',
    { schema: schema('The facts behind a figure, the newest 10,000') },
    async ({ ctx, params: { metric }, query }, reply) =>
      csvFile(reply, `${metric}-rows`, await metricRowsCsv(ctx, metric, query)),
  );
  app.get(
    '/insight/metrics/:metric/points.csv',
    { schema: schema('A metric over time') },
    async ({ ctx, params: { metric }, query }, reply) =>
      csvFile(reply, metric, await metricPointsCsv(ctx, metric, query)),
  );
  app.post(
    '/insight/recounts',
    {
      schema: {
        ...{ tags, summary: 'Count days of use again from their events' },
        body: RecountInput,
      },
    },
    async ({ ctx, body }, reply) => reply.code(202).send(await requestRecount(ctx, body)),
  );
  app.get(
    '/insight/recounts',
    { schema: { tags, summary: 'The last times that days were counted again, and how far' } },
    async ({ ctx }) => listRecounts(ctx),
  );
  const dashboard = z.object({ dashboard: z.string().max(63) });
  app.get(
    '/insight/dashboards/:dashboard',
    {
      schema: {
        ...{ tags, params: dashboard, querystring: Scope },
        summary: 'A dashboard: figures, charts, short lists, and what happened beside them',
      },
    },
    async ({ ctx, params, query }) => getDashboard(ctx, params.dashboard, query),
  );
  app.get(
    '/insight/dashboards/:dashboard/charts/:chart/points.csv',
    {
      schema: {
        ...{ tags, querystring: Scope, summary: 'A chart of a dashboard over time' },
        params: dashboard.extend({ chart: z.string().max(63) }),
      },
    },
    async ({ ctx, params, query }, reply) =>
      csvFile(reply, params.chart, await chartCsv(ctx, params.dashboard, params.chart, query)),
  );
  app.get(
    '/insight/prometheus',
    { schema: { tags, summary: 'The figures of 30 days for Prometheus' } },
    async ({ ctx }, reply) =>
      reply
        .header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
        .send(await prometheusText(ctx)),
  );
};
