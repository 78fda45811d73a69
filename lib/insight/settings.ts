import type { z } from 'zod';
import { db, type Tx } from '@/lib/core';

/** What the organisation decided, or the defaults of the schema where it has not. */
export async function readSetting<Schema extends z.ZodType>(
  key: string,
  schema: Schema,
  tx: Tx = db(),
): Promise<z.output<Schema>> {
  const row = await tx.setting.findUnique({ where: { key } });
  return schema.parse(row?.value ?? {});
}

/** One change at a time, so that each audit row says what was before it. */
export async function changeSetting<Schema extends z.ZodType>(
  tx: Tx,
  key: string,
  schema: Schema,
  value: z.output<Schema>,
): Promise<z.output<Schema>> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`setting:${key}`}, 0))::text`;
  const before = await readSetting(key, schema, tx);
  await tx.setting.upsert({
    where: { key },
    create: { key, value: value as object },
    update: { value: value as object },
  });
  return before;
}
