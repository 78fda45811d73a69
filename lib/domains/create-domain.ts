import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, newId, requireCan, sqlState, transact } from '@/lib/core';
import { domainSlugSchema } from '@/lib/specs';
import { DomainDescription, DomainTitle } from './inputs';

export const CreateDomainInput = z.object({
  /** The slug in addresses; it never changes. */
  name: domainSlugSchema,
  title: DomainTitle,
  description: DomainDescription.default(''),
});
export type CreateDomainInput = z.input<typeof CreateDomainInput>;

/** @throws AppError conflict when the name is taken. */
export async function createDomain(
  ctx: Ctx,
  raw: CreateDomainInput,
): Promise<{ id: string; name: string }> {
  const input = CreateDomainInput.parse(raw);
  requireCan(ctx, 'domain.create');
  const id = newId();
  const { name, title, description } = input;
  try {
    await transact(async (tx) => {
      await tx.domain.create({ data: { id, ...input } });
      const target = { type: 'domain', id };
      const detail = { name, ...changed(null, { title, description }) };
      audit(tx, ctx, { action: 'domain.create', target, domainId: id, detail });
    });
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw conflict(`There is a domain ${name} already. Choose another name.`, {
      fields: { name: 'There is a domain of this name already.' },
    });
  }
  return { id, name };
}
