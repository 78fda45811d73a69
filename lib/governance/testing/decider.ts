import { ctxForUser } from '@/lib/auth';
import { decide } from '../decide';
import type { DecisionRequest } from '../decision';

/** A process that decides for its parent: `{ id, userId, request }` is answered by `{ id, allow }`. */
export interface Question {
  id: number;
  userId: string;
  request: DecisionRequest;
}
export type Verdict = { id: number; allow: boolean } | { id: number; error: string };

async function judge({ id, userId, request }: Question): Promise<Verdict> {
  try {
    const { allow } = await decide(await ctxForUser(userId), request);
    return { id, allow };
  } catch (error) {
    return { id, error: String(error) };
  }
}

process.on('message', (question: Question) => {
  void judge(question).then((verdict) => process.send?.(verdict));
});
process.on('disconnect', () => process.exit(0));
