import { db, now } from '@/lib/core';
import { checkDocumentAs, type DataProduct } from '@/lib/specs';
import type { Measured } from './cel/facts';
import { combineFindings, evaluateDescriptor } from './evaluate';
import { measuredOf } from './measured';
import { effectivePolicy, policiesInGrace } from './policies';
import type { Finding } from './rule';

interface Subject {
  descriptor: DataProduct;
  domain: string;
  productId?: string;
  draftId?: string;
  measured?: Measured;
}

/**
 * Everything the policies say about one product or draft: in force, in grace (as warnings with their day), with
 * approved waivers marked. A finding at level `error` without a waiver stops the gate.
 */
export async function validateProduct(subject: Subject): Promise<Finding[]> {
  const { productId, draftId } = subject;
  const either = [...(productId ? [{ productId }] : []), ...(draftId ? [{ draftId }] : [])];
  const waivers =
    either.length === 0
      ? []
      : await db().waiver.findMany({
          where: { OR: either, status: 'approved', expiresAt: { gt: now() } },
          select: { id: true, ruleId: true, expiresAt: true },
        });
  return judge(subject, waivers);
}

async function judge(
  { descriptor, domain, measured }: Subject,
  waivers: { id: string; ruleId: string; expiresAt: Date }[],
): Promise<Finding[]> {
  const [policy, grace] = await Promise.all([effectivePolicy(domain), policiesInGrace(domain)]);
  return combineFindings(
    evaluateDescriptor(descriptor, policy, measured),
    grace.map((one) => ({
      findings: evaluateDescriptor(descriptor, one.policy, measured),
      graceUntil: one.graceUntil,
    })),
    waivers,
  );
}

export interface ProductFindings {
  id: string;
  domain: string;
  name: string;
  title: string;
  ownerId: string;
  domainId: string;
  findings: Finding[];
}

const BATCH = 500;

interface CheckedProduct {
  product: Omit<ProductFindings, 'findings'>;
  descriptor: DataProduct;
  measured: Measured;
  waivers: { id: string; ruleId: string; expiresAt: Date }[];
}

/**
 * Every product that is not retired, with what was measured, batch by batch in the order of their ids: three
 * statements a batch, none per product.
 */
export async function* productsToCheck(
  where: { domainId?: string; productId?: string; productIds?: readonly string[] } = {},
): AsyncGenerator<CheckedProduct> {
  let after = '';
  for (;;) {
    const rows = await db().product.findMany({
      where: {
        id: where.productId ?? {
          gt: after,
          ...(where.productIds && { in: [...where.productIds] }),
        },
        status: { notIn: ['retired', 'draft'] },
        ...(where.domainId && { domainId: where.domainId }),
      },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: {
        id: true,
        name: true,
        title: true,
        ownerId: true,
        domainId: true,
        descriptor: true,
        domain: { select: { name: true } },
      },
    });
    const ids = rows.map((row) => row.id);
    const [measured, waivers] = await Promise.all([
      measuredOf(ids),
      db().waiver.findMany({
        where: { productId: { in: ids }, status: 'approved', expiresAt: { gt: now() } },
        select: { id: true, ruleId: true, expiresAt: true, productId: true },
      }),
    ]);
    const held = Map.groupBy(waivers, (one) => one.productId);
    for (const { domain, descriptor, ...row } of rows) {
      const parsed = checkDocumentAs('DataProduct', descriptor);
      if (!parsed.ok) continue;
      yield {
        product: { ...row, domain: domain.name },
        descriptor: parsed.document,
        measured: measured.get(row.id) ?? {},
        waivers: held.get(row.id) ?? [],
      };
    }
    after = ids.at(-1) ?? '';
    if (rows.length < BATCH || where.productId) return;
  }
}

/** The findings of every product that is not retired, in the order of their ids. */
export async function* findingsOfAll(
  where: { domainId?: string; productId?: string; productIds?: readonly string[] } = {},
): AsyncGenerator<ProductFindings> {
  for await (const { product, descriptor, measured, waivers } of productsToCheck(where)) {
    const subject = { descriptor, domain: product.domain, measured };
    yield { ...product, findings: await judge(subject, waivers) };
  }
}
