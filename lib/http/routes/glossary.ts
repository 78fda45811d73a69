import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  ApproveTermInput,
  approveTerm,
  CreateTermInput,
  createTerm,
  DeleteTermInput,
  deleteTerm,
  getTerm,
  LinkTermInput,
  linkTerm,
  listTerms,
  RestoreTermInput,
  restoreTerm,
  TermFilter,
  UpdateTermInput,
  unlinkTerm,
  updateTerm,
} from '@/lib/glossary';

const tags = ['Glossary'];
const params = z.object({ slug: z.string().max(100) });

/** What words of the business mean, and which products hold it. */
export const glossaryRoutes: FastifyPluginAsyncZod = async (app) => {
  const schema = (summary: string) => ({ tags, params, summary });

  app.get(
    '/glossary',
    { schema: { tags, summary: 'Terms by the alphabet', querystring: TermFilter } },
    async ({ ctx, query }) => listTerms(ctx, query),
  );
  app.post(
    '/glossary',
    { schema: { tags, summary: 'Write a term', body: CreateTermInput } },
    async ({ ctx, body }, reply) => reply.code(201).send(await createTerm(ctx, body)),
  );
  app.get(
    '/glossary/:slug',
    {
      schema: {
        ...schema('A term with the products that hold it'),
        querystring: z.object({ after: z.string().max(200).optional() }),
      },
    },
    async ({ ctx, params: { slug }, query }) => getTerm(ctx, slug, query.after),
  );
  app.put(
    '/glossary/:slug',
    { schema: { ...schema('Write a term anew'), body: UpdateTermInput.omit({ term: true }) } },
    async ({ ctx, params: { slug }, body }) => updateTerm(ctx, { ...body, term: slug }),
  );
  app.post(
    '/glossary/:slug/approve',
    { schema: { ...schema('Approve a term'), body: ApproveTermInput.omit({ term: true }) } },
    async ({ ctx, params: { slug }, body }, reply) => {
      await approveTerm(ctx, { ...body, term: slug });
      return reply.code(204).send();
    },
  );
  app.delete(
    '/glossary/:slug',
    {
      schema: {
        ...schema('Delete a term; restoring brings it back'),
        querystring: DeleteTermInput.omit({ term: true }),
      },
    },
    async ({ ctx, params: { slug }, query }) => deleteTerm(ctx, { ...query, term: slug }),
  );
  app.post(
    '/glossary-restore',
    { schema: { tags, summary: 'Bring a deleted term back', body: RestoreTermInput } },
    async ({ ctx, body }) => restoreTerm(ctx, body),
  );
  app.post(
    '/glossary/:slug/links',
    {
      schema: {
        ...schema('Link a product, or a column of it'),
        body: LinkTermInput.omit({ term: true }),
      },
    },
    async ({ ctx, params: { slug }, body }, reply) => {
      await linkTerm(ctx, { ...body, term: slug });
      return reply.code(201).send();
    },
  );
  app.delete(
    '/glossary/:slug/links',
    {
      schema: {
        ...schema('Take a link away'),
        querystring: LinkTermInput.omit({ term: true }),
      },
    },
    async ({ ctx, params: { slug }, query }, reply) => {
      await unlinkTerm(ctx, { ...query, term: slug });
      return reply.code(204).send();
    },
  );
};
