import { type Ctx, can, db, now } from '@/lib/core';
import { type GrantPreview, previewGrant } from '@/lib/governance';
import { AskInput, askedProducts, type Holder, holderCtx, requirePerson } from './asking';
import { isApprovedByRule } from './auto-approval';

export interface RequestLine extends GrantPreview {
  productId: string;
  /** `domain/name` */
  address: string;
  title: string;
  classification: string;
  hasPersonalData: boolean;
  /** Who decides; null when the owner's rule approves it at once. */
  decidedBy: string | null;
  /** Why it cannot be asked for. */
  problem: string | null;
}

/**
 * What a request would mean before it is sent: what each product demands, what policy says about it, who decides.
 * @throws AppError invalid
 */
export async function previewRequest(ctx: Ctx, raw: AskInput): Promise<{ lines: RequestLine[] }> {
  const person = requirePerson(ctx);
  const { productIds, holder, ...asked } = AskInput.parse(raw);
  const [products, reader, pending] = await Promise.all([
    askedProducts(ctx, productIds),
    holderCtx(person, holder),
    pendingOf(person.actor.id, holder, productIds),
  ]);
  const personal = new Set(await withPersonalData(productIds));
  const lines = products.map(async (product): Promise<RequestLine> => {
    const preview = await previewGrant(reader, product, asked);
    const isAuto = preview.opens && (await isApprovedByRule(reader, product, asked));
    return {
      ...preview,
      productId: product.id,
      address: `${product.domain}/${product.name}`,
      title: product.title,
      classification: product.classification,
      hasPersonalData: personal.has(product.id),
      decidedBy: isAuto ? null : product.ownerEmail,
      problem: problemOf(reader, holder, product, preview, pending),
    };
  });
  return { lines: await Promise.all(lines) };
}

function problemOf(
  reader: Ctx,
  holder: Holder,
  product: { id: string; title: string; ownerId: string; domainId: string },
  preview: GrantPreview,
  pending: ReadonlyMap<string, 'asked' | 'held'>,
): string | null {
  const { title } = product;
  const state = pending.get(product.id);
  if (state === 'asked') return `A request for ${title} is open already.`;
  if (state === 'held') return `A grant for ${title} is in force already. Renew it instead.`;
  if (holder.kind === 'self' && preview.now === 'all') {
    return can(reader, 'grant.manage', product)
      ? `You look after ${title} and need no grant.`
      : `You may read ${title} already.`;
  }
  if (!preview.opens) {
    const why = preview.policies.map((one) => one.title).join('; ');
    return `No grant opens ${title} for this purpose${why && `: ${why}`}.`;
  }
  return null;
}

const OPEN = ['open', 'question', 'granting'];

async function pendingOf(requesterId: string, holder: Holder, productIds: readonly string[]) {
  const productId = { in: [...productIds] };
  const teamId = holder.kind === 'team' ? holder.domainId : null;
  const readerId = holder.kind === 'product' ? holder.productId : null;
  const isSelf = holder.kind === 'self';
  const [items, grants] = await Promise.all([
    db().accessRequestItem.findMany({
      where: {
        productId,
        status: { in: OPEN },
        request: { teamId, readerId, ...(isSelf && { requesterId }) },
      },
      select: { productId: true },
    }),
    db().grant.findMany({
      where: {
        ...{ productId, teamId, readerId, revokedAt: null, permissions: { has: 'read' } },
        ...(isSelf && { subjectId: requesterId }),
        OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
      },
      select: { productId: true },
    }),
  ]);
  return new Map<string, 'asked' | 'held'>([
    ...grants.map((one) => [one.productId, 'held'] as const),
    ...items.map((one) => [one.productId, 'asked'] as const),
  ]);
}

async function withPersonalData(productIds: readonly string[]): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`select id from product
    where id = any(${[...productIds]}::text[])
      and jsonb_path_exists(descriptor, '$.spec.schema.**.pii ? (@ == true)')`;
  return rows.map(({ id }) => id);
}
