import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth';
import { withHonestStatus } from '@/lib/http/auth-response';

type Handler = (request: Request, context: unknown) => Promise<Response>;

const handler: Handler = async (request, context) => {
  const answer = NextAuth(authOptions()) as Handler;
  return withHonestStatus(await answer(request, context));
};

export { handler as GET, handler as POST };
