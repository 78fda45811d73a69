import { type Ctx, can, db, requireCan } from '@/lib/core';
import { effectivePolicy, retentionOf } from '@/lib/governance';
import { CLASSIFICATIONS, type Classification, type Permission } from '@/lib/specs';
import { nameProblem } from './validate-draft';

export interface ClassificationOption {
  level: Classification;
  description: string | null;
  isEncrypted: boolean;
  retention: string | null;
}
export interface RoleOption {
  role: string;
  permissions: Permission[];
  /** The classifications that the policy lets the role reach. */
  dataAccess: Classification[];
}
export interface DomainOption {
  name: string;
  title: string;
  classifications: ClassificationOption[];
  roles: RoleOption[];
  /** People of the domain who can own a product. */
  owners: { email: string; name: string }[];
}

/** Domains that the caller may create products in, with what the policies in force mean there. */
export async function wizardDomains(ctx: Ctx): Promise<DomainOption[]> {
  requireCan(ctx, 'product.create');
  const rows = await db().domain.findMany({
    where: { archivedAt: null },
    orderBy: { title: 'asc' },
    include: {
      memberships: {
        where: { role: { in: ['data_producer', 'data_admin'] }, user: { disabledAt: null } },
        select: { user: { select: { email: true, name: true } } },
        orderBy: { user: { name: 'asc' } },
        take: 200,
      },
    },
  });
  const mine = rows.filter(({ id }) => can(ctx, 'product.create', { domainId: id }));
  return Promise.all(
    mine.map(async ({ name, title, memberships }) => ({
      name,
      title,
      ...(await policyOptions(name)),
      owners: memberships.map(({ user }) => user),
    })),
  );
}

async function policyOptions(
  domain: string,
): Promise<Pick<DomainOption, 'classifications' | 'roles'>> {
  const policy = await effectivePolicy(domain);
  return {
    classifications: CLASSIFICATIONS.map((level) => {
      const rule = policy.classifications[level];
      const retention = retentionOf(policy, level)?.value;
      return {
        level,
        description: rule?.description?.value ?? null,
        isEncrypted: rule ? rule.encryption.value === 'required' : true,
        retention: retention === undefined ? null : String(retention),
      };
    }),
    roles: Object.entries(policy.access).map(([role, { value }]) => ({ role, ...value })),
  };
}

/** Whether a product of this draft may take the name. */
export async function checkDraftName(
  ctx: Ctx,
  { draftId, domain, name }: { draftId: string; domain: string; name: string },
): Promise<{ isAvailable: boolean; message: string | null }> {
  requireCan(ctx, 'product.create');
  const found = await db().domain.findUnique({ where: { name: domain }, select: { id: true } });
  const message = found && (await nameProblem(found.id, name, draftId));
  return { isAvailable: message === null, message };
}
