import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AppError } from '@/lib/core';

export const authRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/me',
    {
      schema: {
        tags: ['People'],
        summary: 'Who you are',
        description: 'The person that the token or session belongs to, with the roles held now.',
      },
    },
    async ({ ctx: { actor, via } }) => {
      if (actor.type !== 'user') throw new AppError('unauthenticated', 'Send an API token.');
      const { id, email, name, platformRoles, memberships, token } = actor;
      const scopes = token?.scopes ?? null;
      return { id, email, name, platformRoles, memberships, via, scopes };
    },
  );
};
