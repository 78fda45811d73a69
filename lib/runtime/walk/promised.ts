import { type Ctx, db, newId } from '@/lib/core';
import { json, SECRET, text } from './secret';

/** A contract in force, one before it, and a change that the powerful are asked about. */
export async function makeVersions(productId: string, asked: Ctx) {
  const { descriptor } = await db().product.findUniqueOrThrow({ where: { id: productId } });
  const ids = { version: newId(), old: newId(), proposed: newId() };
  const common = { productId, etl: {}, descriptor: descriptor as object };
  const userId = asked.actor.type === 'user' ? asked.actor.id : '';
  await db().contractVersion.create({
    data: { ...common, id: ids.version, version: '1.0.0', status: 'active' },
  });
  await db().contractVersion.create({
    data: { ...common, id: ids.old, version: '0.9.0', status: 'deprecated', sunsetAt: new Date() },
  });
  await db().contractVersion.create({
    data: {
      ...common,
      ...{ id: ids.proposed, version: '2.0.0', bump: 'major', baseVersion: '1.0.0' },
      ...{ error: text('of a load'), overrideReason: text('override') },
      acknowledgements: { create: { id: newId(), userId, note: text('note') } },
    },
  });
  return ids;
}

/** A rule that was suggested from the data, in the contract and in a run. */
export async function makeQuality(productId: string, domainId: string) {
  const reason = text('lies between');
  const rule = { name: 'range', check: 'range', column: 'entry', reason };
  const { descriptor } = await db().product.findUniqueOrThrow({ where: { id: productId } });
  const { spec, ...rest } = descriptor as { spec: object };
  const quality = [{ ...rule, params: { max: SECRET } }];
  await db().product.update({
    where: { id: productId },
    data: { descriptor: json({ ...rest, spec: { ...spec, quality } }) },
  });
  const snapshot = await db().snapshot.findFirstOrThrow({ where: { productId } });
  const [ruleId, runId] = [newId(), newId()];
  await db().qualityRule.create({
    data: { id: ruleId, productId, dimension: 'validity', ...rule },
  });
  const at = { startedAt: new Date(), finishedAt: new Date() };
  await db().qualityRun.create({
    data: { id: runId, productId, snapshotId: snapshot.id, scores: { validity: 50 }, ...at },
  });
  await db().qualityResult.create({
    data: {
      ...{ runId, ruleId, passed: false, failing: 1n, checked: 2n, score: 50 },
      message: text('at most'),
    },
  });
  const seen = { openedAt: at.startedAt, lastSeenAt: at.startedAt };
  const incident = newId();
  await db().qualityIncident.create({
    data: {
      ...{ id: incident, productId, domainId, ruleId, runId, ...seen, openKey: ruleId },
      ...{ ruleName: 'range', dimension: 'validity', level: 'error' },
      ...{ message: text('at most'), rootCause: text('typed wrongly') },
      events: { create: { id: newId(), kind: 'comment', note: text('a comment'), at: new Date() } },
    },
  });
  const { schema } = snapshot;
  const side = await db().snapshot.create({
    data: {
      ...{ id: newId(), productId, environment: 'quarantine', number: 1, status: 'ready' },
      schema: json(schema),
    },
  });
  return { qualityRule: ruleId, incident, sideFile: side.id };
}

/** One that everybody may see who finds its product, and one of a product that few may find. */
export async function makeObjectives(open: string, hidden: string): Promise<void> {
  const promise = { kind: 'availability', origin: 'owner', target: 0.99, since: new Date() };
  await db().sloObjective.createMany({
    data: [
      { id: newId(), productId: open, key: 'answers', title: 'It answers', ...promise },
      { id: newId(), productId: hidden, key: 'answers', title: text('answers'), ...promise },
    ],
  });
}
