import { beforeAll, describe, expect, it } from 'vitest';
import { type Ctx, db, listen, newId, notify, systemCtx, transact } from '@/lib/core';
import { discoverable, seedPolicies } from '@/lib/governance';
import { useTestDatabase } from '@/lib/runtime/testing/database';
import {
  ctxOf,
  makeDomain,
  makeMember,
  makeProduct,
  makeUser,
} from '@/lib/runtime/testing/factories';
import { productLineage } from '.';

useTestDatabase();
const HIDES = `forbid (principal is User, action == Action::"discover", resource)
  when { resource.classification == "restricted" }
  unless { principal has membership && principal.membership.domain == resource.domain };`;
const ids: Record<string, string> = {};
let reader: Ctx;
let insider: Ctx;

async function link(productId: string, sourceId: string) {
  await db().productInput.create({ data: { productId, sourceId, alias: newId() } });
}

beforeAll(async () => {
  const domain = await makeDomain({ name: 'sales' });
  await seedPolicies(systemCtx('test'));
  const owner = await makeMember(domain.id, 'data_admin');
  insider = await ctxOf(owner);
  reader = await ctxOf(await makeUser());
  const make = async (name: string, more: object = {}) => {
    const made = await makeProduct({ domainId: domain.id, ownerId: owner.id, name, ...more });
    ids[name] = made.id;
  };
  for (const name of ['raw', 'clean', 'left', 'right', 'joined', 'report']) await make(name);
  await make('secret', { classification: 'restricted' });
  await make('behind');
  await make('unborn', { status: 'draft' });
  await make('gone', { status: 'retired' });
  const edges = [
    ...[
      ['clean', 'raw'],
      ['left', 'clean'],
      ['right', 'clean'],
      ['joined', 'left'],
    ],
    ...[
      ['joined', 'right'],
      ['report', 'joined'],
      ['secret', 'clean'],
      ['behind', 'secret'],
    ],
    // A ring: the first is made from the last.
    ...[
      ['raw', 'report'],
      ['unborn', 'clean'],
      ['gone', 'clean'],
    ],
  ];
  for (const [product, source] of edges) await link(ids[product!]!, ids[source!]!);
  await discoverable(reader);
  const heard = Promise.withResolvers<void>();
  const stop = await listen('portolan_policy', () => heard.resolve());
  const document = {
    ...{ apiVersion: 'v1', kind: 'DataGovernancePolicy', metadata: { name: 'hide' } },
    spec: { cedar_policies: [{ id: 'hide', policy: HIDES }] },
  };
  await transact(async (tx) => {
    await tx.policyDocument.create({
      data: {
        ...{ id: newId(), name: 'hide', version: 1, stage: 'enforced', reason: 'test' },
        ...{ yaml: '', document },
      },
    });
    await notify(tx, 'portolan_policy', 'hide');
  });
  await heard.promise;
  stop();
});

const levels = async (ctx: Ctx, name: string, depth: number) => {
  const { nodes } = await productLineage(ctx, ids[name]!, { depth });
  return Object.fromEntries(nodes.map(({ address, level }) => [address.split('/')[1], level]));
};

describe('the lineage of a product', () => {
  it('goes as far as is asked for, to both sides, and ends in a ring', async () => {
    expect(await levels(insider, 'clean', 1)).toEqual({
      ...{ clean: 0, raw: -1, left: 1, right: 1, secret: 1 },
    });
    expect(await levels(insider, 'clean', 5)).toEqual({
      ...{ clean: 0, raw: -1, report: -2, left: 1, right: 1, secret: 1, joined: 2, behind: 2 },
    });
  });

  it('shows only what may be discovered, and nothing behind it', async () => {
    await expect
      .poll(() => levels(reader, 'clean', 2))
      .toEqual({
        ...{ clean: 0, raw: -1, report: -2, left: 1, right: 1, joined: 2 },
      });
    const answer = await productLineage(reader, ids.clean!, { depth: 2 });
    expect(JSON.stringify(answer)).not.toContain(ids.secret);
    expect(JSON.stringify(answer)).not.toContain(ids.behind);
    await expect(productLineage(reader, ids.secret!)).rejects.toMatchObject({ code: 'not_found' });
    await expect(productLineage(reader, ids.unborn!)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('says who reads whom among the products shown', async () => {
    const { nodes } = await productLineage(insider, ids.joined!, { depth: 1 });
    const reads = new Map(nodes.map((node) => [node.id, node.reads]));
    expect(reads.get(ids.joined!)).toEqual([ids.left!, ids.right!].sort());
    expect(reads.get(ids.report!)).toEqual([ids.joined]);
    expect(reads.get(ids.left!)).toEqual([]);
  });

  it.each([0, 6, 1.5, 'far'])('refuses the depth %s', async (depth) => {
    await expect(productLineage(insider, ids.clean!, { depth })).rejects.toThrow(/depth takes/);
  });

  it('gives at most 200 products, the nearest, and says how many there are more', async () => {
    const { domainId, ownerId } = await db().product.findUniqueOrThrow({
      where: { id: ids.report! },
    });
    const data = Array.from({ length: 250 }, (_, n) => ({
      ...{ id: newId(), domainId, ownerId, name: `mart-${n}`, title: `Mart ${n}` },
      ...{ description: '', classification: 'internal', status: 'production', template: 'x' },
      descriptor: {},
    }));
    await db().product.createMany({ data });
    const inputs = data.map(({ id }) => ({ productId: id, sourceId: ids.behind!, alias: 'x' }));
    await db().productInput.createMany({ data: inputs });
    const answer = await productLineage(insider, ids.behind!, { depth: 5 });
    expect(answer.nodes).toHaveLength(200);
    expect(answer.more).toBe(51 + 5);
    expect(answer.nodes[0]?.id).toBe(ids.behind);
  });
});
