import { db, now, transact } from '@/lib/core';

const DAY_MS = 86_400_000;
/** A run that ended before midnight may be written down after it. */
const SETTLED_MS = 3_600_000;

/**
 * Writes down what products took of the platform on each day that is over, a day in each transaction. Workers do it in turn;
 * a day that was cut off is begun anew, and one that is written stays as it is. @returns how many days
 */
export async function rollUpResources(): Promise<number> {
  let days = 0;
  while (await rollUpDay()) days += 1;
  return days;
}

/** @returns whether there was a day to write */
async function rollUpDay(): Promise<boolean> {
  const first = await firstDay();
  if (!first) return false;
  return transact(async (tx) => {
    await tx.resourceRollup.createMany({ data: { id: 1, through: first }, skipDuplicates: true });
    const [held] = await tx.$queryRaw<{ through: Date }[]>`
      select through from resource_rollup where id = 1 for update skip locked`;
    if (!held) return false;
    const from = held.through;
    const to = new Date(from.getTime() + DAY_MS);
    if (to.getTime() + SETTLED_MS > now().getTime()) return false;
    await tx.$executeRaw`select resource_write_day(${from})`;
    await tx.resourceRollup.update({ where: { id: 1 }, data: { through: to } });
    return true;
  });
}

/** Where the history begins: of what was kept before there were prices, too. */
async function firstDay(): Promise<Date | null> {
  const held = await db().resourceRollup.findUnique({ where: { id: 1 } });
  if (held) return held.through;
  const [row] = await db().$queryRaw<{ day: Date | null }[]>`
    select date_trunc('day', least((select min("readyAt") from snapshot), (select min("finishedAt") from pipeline_run),
      (select min("finishedAt") from provisioning_step), (select min("finishedAt") from quality_run)), 'UTC') as day`;
  return row?.day ?? null;
}
