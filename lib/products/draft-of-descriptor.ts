import { type DataProduct, domainOf } from '@/lib/specs';
import { type DraftData, type DraftSource, SCHEDULES } from './draft-data';
import { rulesOfDocument } from './rules-of-document';

const DEFAULT_TEMPLATE = 'batch_analytics';
/** The draft that a document stands for; its uploaded file has to be given again. */
export function draftOf(document: DataProduct): DraftData {
  const { metadata, spec } = document;
  const schedule = spec.processing?.type === 'etl' ? spec.processing.schedule : undefined;
  return {
    template: spec.template ?? DEFAULT_TEMPLATE,
    domain: domainOf(document),
    name: metadata.name,
    title: spec.title ?? metadata.name.replaceAll('-', ' '),
    owner: spec.owner,
    description: spec.description,
    ...(spec.classification && { classification: spec.classification }),
    ...(spec.tags && { tags: spec.tags }),
    ...(spec.documentation && { documentation: spec.documentation }),
    source: sourceOf(spec.source),
    fields: spec.schema.map((field) => {
      const { name, type, description, pii, primaryKey, required, unique } = field;
      const { precision, scale, timezone, items, fields } = field;
      const sourceName = typeof field.sourceName === 'string' ? field.sourceName : name;
      const given = { description, pii, primaryKey, required, unique };
      const exact = { precision, scale, timezone };
      const nested = { items, fields };
      const present = Object.entries({ ...given, ...exact, ...nested }).filter(
        ([, v]) => v !== undefined,
      );
      return { name, type, sourceName, ...Object.fromEntries(present) };
    }),
    quality: (spec.quality ?? []).flatMap(rulesOfDocument),
    ...(spec.slo && {
      slo: {
        availability: spec.slo.availability,
        latency: spec.slo.latency,
        freshness: spec.slo.freshness,
        ...(spec.slo.completeness !== undefined && { completeness: spec.slo.completeness }),
      },
    }),
    ...(spec.access && {
      access: spec.access.map(({ role, permissions }) => ({ role, permissions })),
    }),
    schedule: SCHEDULES.find((one) => one === schedule) ?? 'daily',
    ...(spec.terms && { terms: spec.terms }),
    ...(spec.support && { support: spec.support }),
    ...(spec.price && { price: spec.price }),
  };
}

function sourceOf(source: DataProduct['spec']['source']): DraftSource {
  if (source?.type === 'product') return { kind: 'product', product: source.product };
  if (source?.type === 'sql') {
    const inputs = Object.entries(source.inputs).map(([alias, product]) => ({ alias, product }));
    return { kind: 'sql', sql: source.sql, inputs };
  }
  return { kind: 'upload' };
}
