import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { audit } from '@/lib/audit';
import { type Ctx, newId, notify, now, requireCan, transact } from '@/lib/core';
import { parseDocumentAs, policyDomain } from '@/lib/specs';

/**
 * Puts the shipped policy documents in force, once: a policy of the same name is left as it is. One for
 * a domain that does not exist is skipped and named in the result.
 * @throws Error naming file and line when a document is not valid
 */
export async function seedPolicies(
  ctx: Ctx,
  directory: string = path.resolve('prisma/seed/policies'),
): Promise<{ created: string[]; skipped: string[] }> {
  requireCan(ctx, 'policy.edit');
  const files = (await readdir(directory)).filter((file) => /\.ya?ml$/.test(file)).sort();
  const policies = await Promise.all(files.map((file) => read(directory, file)));
  return transact(async (tx) => {
    const result: { created: string[]; skipped: string[] } = { created: [], skipped: [] };
    for (const { yaml, document } of policies) {
      const { name } = document.metadata;
      const slug = policyDomain(document);
      const domain = slug && (await tx.domain.findUnique({ where: { name: slug } }));
      if ((slug && !domain) || (await tx.policyDocument.count({ where: { name } })) > 0) {
        result.skipped.push(name);
        continue;
      }
      const id = newId();
      const domainId = domain ? domain.id : null;
      await tx.policyDocument.create({
        data: {
          id,
          name,
          domainId,
          version: 1,
          stage: 'enforced',
          yaml,
          document: document as object,
          reason: 'Shipped with Portolan',
          activatedAt: now(),
        },
      });
      audit(tx, ctx, {
        action: 'policy.activate',
        target: { type: 'policy', id },
        ...(domainId && { domainId }),
        detail: { name, version: 1 },
      });
      result.created.push(name);
    }
    await notify(tx, 'portolan_policy', 'seed');
    return result;
  });
}

async function read(directory: string, file: string) {
  const yaml = await readFile(path.join(directory, file), 'utf8');
  const parsed = parseDocumentAs('DataGovernancePolicy', yaml);
  if (parsed.ok) return { yaml, document: parsed.document };
  const [first] = parsed.issues;
  throw new Error(`${file}, line ${first?.line}: ${first?.path}: ${first?.message}`);
}
