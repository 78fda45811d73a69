import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  invalid,
  notFound,
  notify,
  now,
  precondition,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import { mayDiscover } from '@/lib/governance';
import { moveProduct } from '@/lib/products/move-product';
import { consumersOf, reminderAt } from '@/lib/provisioning';

export const DeprecateProductInput = z.object({
  productId: z.string().min(1).max(100),
  /** When it is taken down: a day or an instant, in the future. */
  sunsetAt: z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'Choose a day'),
  /** `domain/name` of what takes its place. */
  successor: z.string().trim().max(200).default(''),
  note: z.string().trim().max(1000).default(''),
});
export type DeprecateProductInput = z.input<typeof DeprecateProductInput>;

const day = (at: Date) => at.toISOString().slice(0, 10);

/**
 * Says that a live product will end: its consumers are told now and again before the sunset, and every answer
 * carries it (RFC 9745, RFC 8594). It serves on until that day, then it is retired by itself. Deprecating again moves the date and tells them anew.
 * @returns how many consumers were told
 * @throws AppError not_found | forbidden | invalid | precondition
 */
export async function deprecateProduct(
  ctx: Ctx,
  raw: DeprecateProductInput,
): Promise<{ told: number }> {
  const { productId, note, successor, ...input } = DeprecateProductInput.parse(raw);
  const sunsetAt = new Date(input.sunsetAt);
  const consumers = await consumersOf(productId);
  await transact(async (tx) => {
    const product = await editable(tx, ctx, productId);
    if (sunsetAt <= now()) {
      const message = 'The sunset lies in the past. Choose a day that leaves consumers time.';
      throw invalid(message, { sunsetAt: message });
    }
    const successorId = successor ? await successorOf(tx, ctx, successor, productId) : null;
    if (product.status === 'production') await moveProduct(tx, productId, 'deprecated');
    else if (product.status !== 'deprecated') {
      throw precondition(
        `The product is ${product.status}. Only a live product can be deprecated.`,
      );
    }
    await tx.product.update({
      where: { id: productId },
      data: {
        deprecatedAt: product.deprecatedAt ?? now(),
        sunsetAt,
        sunsetReminder: reminderAt(sunsetAt, now()),
        successorId,
        deprecationNote: note,
      },
    });
    audit(tx, ctx, {
      action: 'product.deprecate',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
      detail: { sunset: sunsetAt.toISOString(), successor, note, consumers: consumers.length },
    });
    await raiseAlert(tx, {
      kind: 'product.deprecated',
      level: 'warning',
      title: `${product.title} is deprecated and ends on ${day(sunsetAt)}`,
      body: [note, successor && `Its successor is ${successor}.`].filter(Boolean).join(' '),
      href: `/products/${product.domain.name}/${product.name}/lifecycle`,
      to: { userIds: [product.ownerId, ...consumers] },
      productId,
      domainId: product.domainId,
      dedupeKey: `product.deprecated:${productId}:${sunsetAt.toISOString()}`,
    });
    await notify(tx, 'portolan_product', productId);
  });
  return { told: consumers.length };
}

async function editable(tx: Tx, ctx: Ctx, productId: string) {
  const product = await tx.product.findUnique({
    where: { id: productId },
    include: { domain: { select: { name: true } } },
  });
  if (!product) throw notFound('The product');
  requireCan(ctx, 'product.retire', product);
  return product;
}

/** A product that the person cannot find is none that can be named. */
async function successorOf(tx: Tx, ctx: Ctx, address: string, productId: string): Promise<string> {
  const [domain = '', name = ''] = address.split('/');
  const found = await tx.product.findFirst({
    where: { name, domain: { name: domain }, status: 'production' },
  });
  const isOther = found !== null && found.id !== productId;
  if (isOther && (await mayDiscover(ctx, { ...found, domain }))) return found.id;
  const message = `There is no other live product ${address}. Write domain/name, or leave it empty.`;
  throw invalid(message, { successor: message });
}

export const WithdrawDeprecationInput = z.object({ productId: z.string().min(1).max(100) });
export type WithdrawDeprecationInput = z.input<typeof WithdrawDeprecationInput>;

/** The product stays after all; consumers are told. @throws AppError not_found | forbidden | conflict */
export async function withdrawDeprecation(ctx: Ctx, raw: WithdrawDeprecationInput): Promise<void> {
  const { productId } = WithdrawDeprecationInput.parse(raw);
  const consumers = await consumersOf(productId);
  await transact(async (tx) => {
    const product = await editable(tx, ctx, productId);
    await moveProduct(tx, productId, 'production');
    await tx.product.update({
      where: { id: productId },
      data: {
        ...{ deprecatedAt: null, sunsetAt: null, sunsetReminder: null },
        ...{ successorId: null, deprecationNote: '' },
      },
    });
    audit(tx, ctx, {
      action: 'product.deprecate.withdraw',
      target: { type: 'product', id: productId },
      productId,
      domainId: product.domainId,
    });
    await raiseAlert(tx, {
      kind: 'product.deprecated',
      level: 'info',
      title: `${product.title} is no longer deprecated`,
      href: `/products/${product.domain.name}/${product.name}`,
      to: { userIds: [product.ownerId, ...consumers] },
      productId,
      domainId: product.domainId,
    });
    await notify(tx, 'portolan_product', productId);
  });
}
