import { z } from 'zod';
import { db, precondition, unavailable } from '@/lib/core';
import { defineDriver } from '../define-driver';

const config = z.looseObject({});

/** Policies attached, quality watched, access controls read back from the decision point. */
export const standardGovernance = defineDriver({
  kind: 'standard',
  capability: 'governance',
  title: 'Standard governance',
  provider: 'portolan',
  provides: ['standard'],
  config,
  health: async () => ({ ok: true }),

  plan: (facts) => [
    {
      action: 'attach',
      what: `Policies for ${facts.classification} data in ${facts.domain}`,
      detail: 'every read is decided and logged',
    },
    {
      action: 'schedule',
      what: `${facts.ruleCount} quality ${facts.ruleCount === 1 ? 'rule' : 'rules'}`,
      detail: 'checked now and after every load',
    },
    {
      action: 'verify',
      what: 'Access controls',
      detail: 'asked of the decision point and compared',
    },
  ],

  async apply(ctx) {
    const served = await db().productEnvironment.findUnique({
      where: {
        productId_environment: { productId: ctx.product.id, environment: ctx.environment },
      },
    });
    const snapshotId = ctx.candidateId ?? served?.snapshotId;
    if (!snapshotId) throw unavailable('There is nothing to govern yet.');
    await ctx.log(`Attached the policies for ${ctx.product.classification} data.`);
    const isChecked = await db().qualityRun.findFirst({
      where: { productId: ctx.product.id, snapshotId },
    });
    await ctx.checkpoint('attached');
    if (!isChecked) {
      const { summary } = await ctx.services.checkQuality(ctx.product.id, snapshotId);
      await ctx.log(summary);
    }
    return {
      classification: ctx.product.classification,
      isEncrypted: ctx.facts.isEncrypted,
      retention: ctx.facts.retention,
      monitoring: 'after every load',
    };
  },

  async verify(ctx) {
    const answers = await ctx.services.readBackAccess(ctx.product);
    for (const { who, expected, got } of answers) {
      await ctx.log(`Read back: ${who} → ${got}.`);
      if (expected !== got) {
        throw precondition(
          `Access controls are not as set: ${who} should get ${expected} and gets ${got}. Check the policies in force.`,
        );
      }
    }
    const files = await db().snapshotFile.findMany({
      where: { snapshot: { productId: ctx.product.id, status: 'ready' } },
      select: { wrappedKey: true },
    });
    if (ctx.facts.isEncrypted && files.some((file) => file.wrappedKey === null)) {
      throw precondition('The policy asks for encryption and a file is not encrypted.');
    }
    return `Access controls verified (${answers.length} answers)${ctx.facts.isEncrypted ? '; every file is encrypted' : ''}.`;
  },

  async undo(ctx) {
    const productId = ctx.product.id;
    const snapshots = await db().snapshot.findMany({
      where: { productId, environment: ctx.environment },
      select: { id: true },
    });
    await db().qualityRun.deleteMany({
      where: { productId, snapshotId: { in: snapshots.map(({ id }) => id) } },
    });
    await ctx.log('Detached the policies and the quality checks.');
  },
});
