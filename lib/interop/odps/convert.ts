import { priceSchema } from '@/lib/specs';
import { isSame, type Known, type Price } from '../known';
import { slugOf } from '../names';
import { ownerIn, supportOf, tagsOf, termsOf } from '../odcs/import';
import { overlayDescription, overlayOwner, overlaySupport, put } from '../overlay';
import { type Group, groupsIn, isGroup, textOf } from '../shape';
import { ODPS_CURRENT } from './schema';

/** What is understood of a product document; its columns stand in the contracts that its ports name. */
export function knownOfOdps(product: Group): Known {
  const description = isGroup(product.description) ? product.description : {};
  const said = {
    name: textOf(product.name),
    title: textOf(product.name)?.slice(0, 200),
    description: textOf(description.purpose)?.slice(0, 5000),
    domain: textOf(product.domain),
    owner: textOf(ownerIn(product.team)?.username),
    version: textOf(product.version),
    status: textOf(product.status),
  };
  return {
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value?.trim())),
    tags: tagsOf(product.tags),
    fields: [],
    quality: [],
    slo: {},
    terms: termsOf(description),
    support: supportOf(product.support),
    ...priceIn(product),
    access: [],
  };
}

/** The standard has no place of its own for a price. */
const PRICE = 'price';
const isPrice = (entry: Group) => entry.property === PRICE;

function priceIn(product: Group): { price?: Price } {
  const kept = groupsIn(product.customProperties).find(({ entry }) => isPrice(entry));
  const { data: price } = priceSchema.safeParse(kept?.entry.value);
  return price ? { price } : {};
}

function overlayPrice(list: unknown, price: Price | undefined): unknown[] {
  const others = groupsIn(list).flatMap(({ entry }) => (isPrice(entry) ? [] : [entry]));
  return price ? [...others, { property: PRICE, value: price }] : others;
}

export interface ProductPorts {
  id: string;
  createdAt: string;
  /** The port that serves the rows, and the contract that describes them. */
  output: { name: string; type: string; version: string; contractId: string };
  /** Products that this one reads. */
  inputs: { name: string; version: string; contractId: string }[];
  /** The product's page. */
  url: string;
}

/** A product document for a product that has none yet. */
export function newOdps(known: Known, ports: ProductPorts): Group {
  const { output, inputs } = ports;
  const skeleton: Group = {
    apiVersion: ODPS_CURRENT,
    kind: 'DataProduct',
    id: ports.id,
    status: known.status ?? 'draft',
    ...(inputs.length > 0 && { inputPorts: inputs }),
    outputPorts: [
      {
        ...output,
        ...(inputs.length > 0 && {
          inputContracts: inputs.map(({ contractId, version }) => ({ id: contractId, version })),
        }),
      },
    ],
    managementPorts: [{ name: 'page', content: 'discoverability', type: 'rest', url: ports.url }],
    productCreatedTs: ports.createdAt,
  };
  return overlayOdps(skeleton, known);
}

/** The document with what Portolan knows now; all that is not understood stays as it is. */
export function overlayOdps(product: Group, now: Known): Group {
  const was = knownOfOdps(product);
  const next: Group = { ...product };
  if (now.version && now.version !== was.version) next.version = now.version;
  if (now.status && now.status !== was.status) next.status = now.status;
  if (now.domain && now.domain !== slugOf(was.domain)) next.domain = now.domain;
  const isRenamed = now.title ? now.title !== was.title : now.name && now.name !== slugOf(was.name);
  if (isRenamed) next.name = now.title ?? now.name;
  if (!isSame(was.tags, now.tags)) put(next, 'tags', now.tags);
  overlayDescription(next, was, now);
  if (!isSame(was.support, now.support)) {
    // The standard wants an address of every channel.
    const reachable = now.support.filter(({ url }) => url !== undefined);
    put(next, 'support', overlaySupport(product.support, was.support, reachable));
  }
  if (!isSame(was.price, now.price)) {
    put(next, 'customProperties', overlayPrice(product.customProperties, now.price));
  }
  if (now.owner) next.team = overlayOwner(product.team, ownerIn(product.team), now.owner, true);
  return next;
}
