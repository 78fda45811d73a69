import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { getDomain, listDomains } from '@/lib/catalog';
import type { Ctx } from '@/lib/core';
import {
  CreateDomainInput,
  createDomain,
  removeMember,
  SetMemberInput,
  setMember,
  UpdateDomainInput,
  updateDomain,
} from '@/lib/domains';

const tags = ['Domains'];
const ByName = z.object({ domain: z.string().max(63) });
const Member = ByName.extend({ userId: z.string().max(64) });

const idOf = async (ctx: Ctx, name: string) => (await getDomain(ctx, name)).id;

export const domainRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get('/domains', { schema: { tags, summary: 'Every domain' } }, async ({ ctx }) => ({
    domains: await listDomains(ctx),
  }));
  app.post(
    '/domains',
    { schema: { tags, summary: 'Create a domain', body: CreateDomainInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await createDomain(ctx, body)),
  );
  app.get(
    '/domains/:domain',
    { schema: { tags, summary: 'A domain, its members and products', params: ByName } },
    ({ ctx, params }) => getDomain(ctx, params.domain),
  );
  app.patch(
    '/domains/:domain',
    {
      schema: {
        tags,
        summary: 'Change title and description',
        params: ByName,
        body: UpdateDomainInput.omit({ domainId: true }),
      },
    },
    async ({ ctx, params, body }) =>
      updateDomain(ctx, { ...body, domainId: await idOf(ctx, params.domain) }),
  );
  app.put(
    '/domains/:domain/members',
    {
      schema: {
        tags,
        summary: 'Add a member or change their role',
        params: ByName,
        body: SetMemberInput.omit({ domainId: true }),
      },
    },
    async ({ ctx, params, body }) =>
      setMember(ctx, { ...body, domainId: await idOf(ctx, params.domain) }),
  );
  app.delete(
    '/domains/:domain/members/:userId',
    {
      schema: {
        tags,
        summary: 'Remove a member',
        params: Member,
        querystring: z.object({ mayLeaveNoAdmin: z.stringbool().default(false) }),
      },
    },
    async ({ ctx, params, query }, reply) => {
      const domainId = await idOf(ctx, params.domain);
      await removeMember(ctx, { domainId, userId: params.userId, ...query });
      return reply.code(204).send();
    },
  );
};
