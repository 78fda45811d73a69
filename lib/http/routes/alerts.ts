import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  alertPreferences,
  CreateWebhookInput,
  createWebhook,
  DeliveryFilter,
  deleteWebhook,
  getWebhook,
  InboxFilter,
  inboxFacets,
  listInbox,
  listWebhooks,
  MarkReadInput,
  markRead,
  replayDelivery,
  rotateWebhookSecret,
  SetAlertPreferenceInput,
  SetDigestInput,
  SwitchWebhookInput,
  setAlertPreference,
  setDigest,
  switchWebhook,
  testWebhook,
  unreadCount,
} from '@/lib/alerts';
import { discoverable } from '@/lib/governance';

const inbox = ['inbox'];
const webhooks = ['webhooks'];
const Params = z.object({ id: z.string().min(1).max(100) });

/** What people are told, and where else alerts go. */
export const alertRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/inbox',
    {
      schema: {
        tags: inbox,
        summary: 'What you were told, newest first',
        querystring: InboxFilter,
      },
    },
    ({ ctx, query }) => listInbox(ctx, discoverable, query as z.input<typeof InboxFilter>),
  );
  app.get(
    '/inbox/unread',
    { schema: { tags: inbox, summary: 'How many you have not read, 99 at most' } },
    async ({ ctx }) => ({ count: await unreadCount(ctx, discoverable) }),
  );
  app.post(
    '/inbox/read',
    {
      schema: {
        tags: inbox,
        summary: 'Mark as read, or unread; without ids: all',
        body: MarkReadInput,
      },
    },
    async ({ ctx, body }, reply) => {
      await markRead(ctx, discoverable, body);
      return reply.code(204).send();
    },
  );
  app.get(
    '/inbox/facets',
    { schema: { tags: inbox, summary: 'What the newest thousand of your alerts are of' } },
    ({ ctx }) => inboxFacets(ctx, discoverable),
  );
  app.put(
    '/inbox/digest',
    {
      schema: {
        tags: inbox,
        summary: 'Choose how often you get e-mail',
        body: SetDigestInput,
      },
    },
    async ({ ctx, body }, reply) => {
      await setDigest(ctx, body);
      return reply.code(204).send();
    },
  );
  app.get(
    '/inbox/preferences',
    { schema: { tags: inbox, summary: 'What you get by e-mail' } },
    ({ ctx }) => alertPreferences(ctx),
  );
  app.put(
    '/inbox/preferences',
    {
      schema: {
        tags: inbox,
        summary: 'Choose what you get by e-mail',
        body: SetAlertPreferenceInput,
      },
    },
    async ({ ctx, body }, reply) => {
      await setAlertPreference(ctx, body);
      return reply.code(204).send();
    },
  );

  app.get(
    '/webhooks',
    { schema: { tags: webhooks, summary: 'Every webhook' } },
    async ({ ctx }) => ({ webhooks: await listWebhooks(ctx) }),
  );
  app.post(
    '/webhooks',
    {
      schema: {
        tags: webhooks,
        summary: 'Add a webhook; the answer holds its signing secret, this once',
        body: CreateWebhookInput,
      },
    },
    async ({ ctx, body }, reply) => reply.code(201).send(await createWebhook(ctx, body)),
  );
  app.get(
    '/webhooks/:id',
    {
      schema: {
        tags: webhooks,
        summary: 'A webhook and what was sent to it, newest first',
        params: Params,
        querystring: DeliveryFilter,
      },
    },
    ({ ctx, params, query }) => getWebhook(ctx, params.id, query),
  );
  app.delete(
    '/webhooks/:id',
    { schema: { tags: webhooks, summary: 'Delete a webhook', params: Params } },
    async ({ ctx, params }, reply) => {
      await deleteWebhook(ctx, { webhookId: params.id });
      return reply.code(204).send();
    },
  );
  app.put(
    '/webhooks/:id/state',
    {
      schema: {
        tags: webhooks,
        summary: 'Switch a webhook on or off',
        params: Params,
        body: SwitchWebhookInput.omit({ webhookId: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await switchWebhook(ctx, { webhookId: params.id, ...body });
      return reply.code(204).send();
    },
  );
  app.post(
    '/webhooks/:id/secret',
    { schema: { tags: webhooks, summary: 'Make a new signing secret', params: Params } },
    ({ ctx, params }) => rotateWebhookSecret(ctx, { webhookId: params.id }),
  );
  app.post(
    '/webhooks/:id/test',
    { schema: { tags: webhooks, summary: 'Send a test event', params: Params } },
    async ({ ctx, params }, reply) =>
      reply.code(202).send(await testWebhook(ctx, { webhookId: params.id })),
  );
  app.post(
    '/webhooks/deliveries/:id/replay',
    { schema: { tags: webhooks, summary: 'Send an alert once more', params: Params } },
    async ({ ctx, params }, reply) => {
      await replayDelivery(ctx, { deliveryId: params.id });
      return reply.code(202).send({ deliveryId: params.id });
    },
  );
};
