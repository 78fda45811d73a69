import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  db,
  newId,
  notFound,
  now,
  sqlState,
  type Tx,
  transact,
} from '@/lib/core';
import { checkDocumentAs, namespaceOfDomain, slugSchema } from '@/lib/specs';
import { actorId, requireScope } from './load';

export const DraftPolicyInput = z.object({
  name: slugSchema,
  /** The domain it holds in, for a policy that does not exist yet; null for every domain. */
  domain: slugSchema.nullable().default(null),
  /** The version to begin from; without it the one in force. */
  fromVersion: z.int().min(1).optional(),
});
export type DraftPolicyInput = z.input<typeof DraftPolicyInput>;

/**
 * Begins the next version of a policy, or a new policy. Two people work on one draft: a second is refused.
 * @throws AppError forbidden | not_found | conflict (a draft is open already)
 */
export async function draftPolicy(ctx: Ctx, raw: DraftPolicyInput): Promise<{ policyId: string }> {
  const input = DraftPolicyInput.parse(raw);
  try {
    return await transact((tx) => begin(tx, ctx, input));
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    const open = await db().policyDocument.findFirst({
      where: { name: input.name, stage: 'draft' },
      select: { id: true },
    });
    throw conflict(`A draft of ${input.name} is open already. Go on with that one.`, {
      policyId: open?.id,
    });
  }
}

async function begin(tx: Tx, ctx: Ctx, input: z.output<typeof DraftPolicyInput>) {
  const { name, fromVersion } = input;
  const versions = await tx.policyDocument.findMany({
    where: { name },
    orderBy: { version: 'desc' },
    select: { id: true, version: true, stage: true, yaml: true, document: true, domainId: true },
  });
  const base = fromVersion
    ? versions.find((one) => one.version === fromVersion)
    : (versions.find((one) => one.stage === 'enforced') ?? versions[0]);
  if (fromVersion && !base) throw notFound(`Version ${fromVersion} of ${name}`);
  const domain = base ? null : await domainOf(tx, input.domain);
  const domainId = base ? base.domainId : (domain?.id ?? null);
  requireScope(ctx, 'policy.draft', domainId);
  const yaml = base?.yaml ?? blank(name, domain?.name ?? null);
  const policyId = newId();
  const version = (versions[0]?.version ?? 0) + 1;
  const parsed = checkDocumentAs('DataGovernancePolicy', base?.document);
  await tx.policyDocument.create({
    data: {
      id: policyId,
      name,
      domainId,
      version,
      yaml,
      document: (parsed.ok ? parsed.document : {}) as object,
      authorId: actorId(ctx),
      editorIds: [actorId(ctx) ?? []].flat(),
      createdAt: now(),
    },
  });
  audit(tx, ctx, {
    action: 'policy.draft',
    target: { type: 'policy', id: policyId },
    ...(domainId && { domainId }),
    detail: { name, version, from: base?.version ?? null },
  });
  return { policyId };
}

async function domainOf(tx: Tx, name: string | null) {
  if (name === null) return null;
  const domain = await tx.domain.findUnique({ where: { name }, select: { id: true, name: true } });
  if (!domain) throw notFound(`The domain ${name}`);
  return domain;
}

const blank = (name: string, domain: string | null): string =>
  `apiVersion: v1
kind: DataGovernancePolicy
metadata:
  name: ${name}
${domain ? `  namespace: ${namespaceOfDomain(domain)}\n` : ''}spec:
  data_quality:
    - metric: completeness
      threshold: 95%
      enforcement: warning
`;
