import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  AppError,
  type Ctx,
  conflict,
  invalid,
  newId,
  now,
  precondition,
  sqlState,
  type Tx,
  transact,
} from '@/lib/core';
import { audienceOf, proposeTags } from '@/lib/governance';
import { blockingFields } from '@/lib/products/review-draft';
import { CheckChangeInput, type CheckedChange, examine, loadEdited } from './check-change';
import type { Consumer } from './impact';
import { recordVersion } from './record-version';
import { addressOf, loadVersion, tell } from './tell';
import { DEFAULT_WINDOW_DAYS, daysAfter, MAX_WINDOW_DAYS, MIN_WINDOW_DAYS } from './window';

export const ProposeChangeInput = CheckChangeInput.extend({
  reason: z.string().trim().min(1, 'Say why the contract changes').max(500),
  /** Days for the consumers of a breaking change. */
  windowDays: z
    .int()
    .min(1)
    .max(MAX_WINDOW_DAYS, `Use at most ${MAX_WINDOW_DAYS} days`)
    .default(DEFAULT_WINDOW_DAYS),
});
export type ProposeChangeInput = z.input<typeof ProposeChangeInput>;

export interface Proposed {
  versionId: string;
  version: string;
}

/** What belongs to the proposal and is written with it. */
type Also = (
  tx: Tx,
  versionId: string,
  place: { productId: string; domainId: string },
) => Promise<void>;

type Ready = CheckedChange & {
  version: string;
  document: NonNullable<CheckedChange['document']>;
  etl: NonNullable<CheckedChange['etl']>;
};

/**
 * Proposes a change of a live product's contract. A breaking one waits: every consumer that it hits is asked to
 * acknowledge it, and told where.
 * @throws AppError not_found | forbidden | precondition | invalid | conflict (another change is open)
 */
export async function proposeChange(
  ctx: Ctx,
  raw: ProposeChangeInput,
  also?: Also,
): Promise<Proposed> {
  const input = ProposeChangeInput.parse(raw);
  const product = await loadEdited(ctx, input.productId);
  const checked = requireReady(await examine(ctx, product, input.yaml));
  const isBreaking = checked.diff.bump === 'major';
  if (isBreaking && input.windowDays < MIN_WINDOW_DAYS) {
    const message = `A breaking change leaves consumers at least ${MIN_WINDOW_DAYS} days. Choose a longer window.`;
    throw invalid(message, { windowDays: message });
  }
  try {
    return await transact(async (tx) => {
      const proposed = await write(tx, ctx, input, checked, product);
      await also?.(tx, proposed.versionId, { productId: product.id, domainId: product.domainId });
      return proposed;
    });
  } catch (error) {
    if (sqlState(error) !== '23505') throw error;
    throw conflict(
      'Another change of this contract is open. Put it in force or withdraw it first.',
    );
  }
}

function requireReady(checked: CheckedChange): Ready {
  const [issue] = checked.issues;
  if (issue) {
    const lines = checked.issues.slice(0, 20).map(({ message }, at) => [`yaml.${at}`, message]);
    throw new AppError('invalid', issue.message, { fields: Object.fromEntries(lines) });
  }
  const blocking = blockingFields(checked.findings);
  if (Object.keys(blocking).length > 0) {
    throw invalid('The policies in force do not allow this contract.', blocking);
  }
  const { version, document, etl } = checked;
  if (version && document && etl) return { ...checked, version, document, etl };
  throw precondition('Nothing changes. Change the contract, then propose it.');
}

async function write(
  tx: Tx,
  ctx: Ctx,
  input: z.output<typeof ProposeChangeInput>,
  { version, document, etl, diff, impact, baseVersion }: Ready,
  { rev, domainId }: { rev: number; domainId: string },
): Promise<Proposed> {
  const { productId, reason, windowDays } = input;
  // Before the product's row: a merge of tags takes its locks in this order too.
  await proposeTags(tx, ctx, document.spec.tags ?? [], domainId);
  const { count } = await tx.product.updateMany({
    where: { id: productId, status: 'production', rev },
    data: { updatedAt: now() },
  });
  if (count === 0)
    throw conflict('The product was changed meanwhile. Look at it, then propose again.');
  await recordVersion(tx, productId);
  const isBreaking = diff.bump === 'major';
  const asked = isBreaking
    ? impact.consumers.filter((one) => one.isAffected && !isMe(ctx, one))
    : [];
  const versionId = newId();
  await tx.contractVersion.create({
    data: {
      id: versionId,
      ...{ productId, version, reason, baseVersion, bump: diff.bump },
      windowDays: isBreaking ? windowDays : 0,
      descriptor: document as object,
      etl: etl as object,
      authorId: ctx.actor.type === 'user' ? ctx.actor.id : null,
      createdAt: now(),
      acknowledgements: {
        create: asked.map((one) => ({ id: newId(), userId: one.userId, ground: groundOf(one) })),
      },
    },
  });
  const loaded = await loadVersion(versionId, tx);
  if (asked.length > 0) {
    const breaks = diff.changes.filter((one) => one.compatibility === 'breaking');
    await tell(tx, loaded, {
      kind: 'contract.proposed',
      level: 'warning',
      title: `${loaded.product.domain.name}/${loaded.product.name} is to change: version ${version} breaks what you may use`,
      body: `${breaks
        .slice(0, 5)
        .map((one) => one.message)
        .join(
          ' ',
        )} Acknowledge it until ${daysAfter(now(), windowDays).toISOString().slice(0, 10)}; the old version answers for ${windowDays} days after the new one comes.`,
      to: { userIds: asked.map((one) => one.userId) },
    });
  }
  await tellFollowers(tx, loaded, diff, asked);
  audit(tx, ctx, {
    action: 'contract.propose',
    target: { type: 'contract_version', id: versionId },
    productId,
    domainId: loaded.product.domainId,
    detail: { version, bump: diff.bump, reason, windowDays, asked: asked.length },
  });
  return { versionId, version };
}

/** Who follows the product and was not asked. */
async function tellFollowers(
  tx: Tx,
  version: Awaited<ReturnType<typeof loadVersion>>,
  diff: Ready['diff'],
  asked: readonly Consumer[],
): Promise<void> {
  const told = new Set(asked.map((one) => one.userId));
  const audience = await audienceOf(tx, version.productId, 'schema_change');
  await tell(tx, version, {
    kind: 'contract.proposed',
    level: 'info',
    title: `${addressOf(version)} is to change: version ${version.version} is proposed`,
    // What changes may quote what the data told the rules, which not every follower may read.
    body: `${diff.changes.length === 1 ? 'One change' : `${diff.changes.length} changes`}. The versions of the product say which.`,
    to: { userIds: audience.filter((id) => !told.has(id)) },
  });
}

const isMe = (ctx: Ctx, one: Consumer) => ctx.actor.type === 'user' && ctx.actor.id === one.userId;

const groundOf = ({ hasGrant, reads, products, columns }: Consumer) => ({
  ...{ hasGrant, reads, products, columns },
});
