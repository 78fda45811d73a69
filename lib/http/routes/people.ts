import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  CreateUserInput,
  createUser,
  ListPeopleInput,
  listPeople,
  SetPlatformRolesInput,
  setDisabled,
  setPlatformRoles,
} from '@/lib/auth';

const tags = ['People'];
const ById = z.object({ userId: z.string().max(64) });

export const peopleRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/people',
    { schema: { tags, summary: 'People, a page at a time', querystring: ListPeopleInput } },
    ({ ctx, query }) => listPeople(ctx, query),
  );
  app.post(
    '/people',
    {
      schema: {
        tags,
        summary: 'Create a person',
        body: CreateUserInput.omit({ isSynthetic: true }),
      },
    },
    async ({ ctx, body }, reply) => reply.code(201).send(await createUser(ctx, body)),
  );
  app.put(
    '/people/:userId/platform-roles',
    {
      schema: {
        tags,
        summary: 'Set organisation-wide roles',
        params: ById,
        body: SetPlatformRolesInput.omit({ userId: true }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await setPlatformRoles(ctx, { ...params, ...body });
      return reply.code(204).send();
    },
  );
  app.put(
    '/people/:userId/disabled',
    {
      schema: {
        tags,
        summary: 'Lock a person out, or let them in again',
        params: ById,
        body: z.object({ isDisabled: z.boolean() }),
      },
    },
    async ({ ctx, params, body }, reply) => {
      await setDisabled(ctx, { ...params, ...body });
      return reply.code(204).send();
    },
  );
};
