import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  ApproveTagInput,
  approveTag,
  CreateTagInput,
  createTag,
  listTags,
  previewTagMove,
  RetireTagInput,
  retireTag,
  suggestTags,
  TagFilter,
  UpdateTagInput,
  updateTag,
} from '@/lib/governance';

const tags = ['Tags'];
const params = z.object({ tag: z.string().min(1).max(100) });

/** The vocabulary of tags. */
export const tagRoutes: FastifyPluginAsyncZod = async (app) => {
  const schema = (summary: string) => ({ tags, params, summary });

  app.get(
    '/tags',
    { schema: { tags, summary: 'Tags by the alphabet', querystring: TagFilter } },
    async ({ ctx, query }) => listTags(ctx, query),
  );
  app.get(
    '/tags/suggest',
    {
      schema: {
        ...{ tags, summary: 'Tags that may be meant by what has been typed so far' },
        querystring: z.object({ q: z.string().max(100).default('') }),
      },
    },
    async ({ ctx, query }) => ({ items: await suggestTags(ctx, query.q) }),
  );
  app.post(
    '/tags',
    { schema: { tags, summary: 'Add a tag, approved', body: CreateTagInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await createTag(ctx, body)),
  );
  app.put(
    '/tags/:tag',
    {
      schema: {
        ...schema('Describe a tag, or rename it on every product'),
        body: UpdateTagInput.omit({ tag: true }),
      },
    },
    async ({ ctx, params: { tag }, body }) => updateTag(ctx, { ...body, tag }),
  );
  app.post(
    '/tags/:tag/approve',
    {
      schema: {
        ...schema('Approve a tag, or take a retired one back'),
        body: ApproveTagInput.omit({ tag: true }),
      },
    },
    async ({ ctx, params: { tag }, body }, reply) => {
      await approveTag(ctx, { ...body, tag });
      return reply.code(204).send();
    },
  );
  app.get(
    '/tags/:tag/move',
    { schema: schema('How many products renaming, merging or retiring it changes') },
    async ({ ctx, params: { tag } }) => previewTagMove(ctx, tag),
  );
  app.post(
    '/tags/:tag/retire',
    {
      schema: {
        ...schema('Retire a tag, or merge it into its replacement'),
        body: RetireTagInput.omit({ tag: true }),
      },
    },
    async ({ ctx, params: { tag }, body }) => retireTag(ctx, { ...body, tag }),
  );
};
