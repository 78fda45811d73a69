import { db } from '@/lib/core';
import { checkDocumentAs } from '@/lib/specs';
import { validateProduct } from '../validate';

const SHOWN = 5;

/**
 * Why a product cannot be certified now, a sentence each: it is not live, the policies in force find an error that
 * nobody waived, or a grave violation is open. How sensitive its data is matters nothing: a certification gives no access.
 */
export async function obstaclesTo(productId: string): Promise<string[]> {
  const product = await db().product.findUniqueOrThrow({
    where: { id: productId },
    select: {
      ...{ status: true, descriptor: true, domain: { select: { name: true } } },
      environments: { where: { environment: 'production', status: 'live' }, take: 1 },
      violations: {
        where: { level: 'error', status: { not: 'resolved' } },
        select: { title: true },
        orderBy: { id: 'asc' },
        take: SHOWN,
      },
    },
  });
  const { status, environments, violations, descriptor } = product;
  if (status !== 'production' || environments.length === 0) {
    return [
      `The product is ${status === 'production' ? 'not live' : status}. Only what is live in production is certified.`,
    ];
  }
  const document = checkDocumentAs('DataProduct', descriptor);
  if (!document.ok) return ['Its contract cannot be read. Propose one that can.'];
  const findings = await validateProduct({
    descriptor: document.document,
    domain: product.domain.name,
    productId,
  });
  const errors = findings.filter(({ level, waiver }) => level === 'error' && !waiver);
  return [
    ...errors.slice(0, SHOWN).map(({ ruleId, message }) => `${ruleId}: ${message}`),
    ...violations.map(({ title }) => `A violation is open: ${title}`),
  ];
}
