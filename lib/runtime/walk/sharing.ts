import { db, newId } from '@/lib/core';

/** A share link and a digest of what few find, and a comment of the survey. */
export async function makeSharing(
  { salaries, holder }: Record<'salaries' | 'holder', string>,
  text: (what: string) => string,
) {
  const [share, digest, comment] = [newId(), newId(), newId()];
  const [at, until] = [new Date(), new Date(Date.now() + 86_400_000)];
  await db().insightShare.create({
    data: {
      ...{ id: share, userId: holder, title: text('share'), tokenHash: newId(), range: '30d' },
      ...{ productId: salaries, createdAt: at, expiresAt: until },
    },
  });
  await db().insightDigest.create({
    data: {
      ...{ id: digest, userId: holder, every: 'week', day: 1, hour: 8, timeZone: 'UTC' },
      ...{ productId: salaries, createdAt: at, nextAt: until },
    },
  });
  await db().surveyAnswer.create({
    data: { id: comment, score: 1, comment: text('comment'), day: at, releasedOn: at },
  });
  return { share, digest, comment };
}
