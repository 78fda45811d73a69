import {
  type DataProduct,
  type DataProductTemplate,
  namespaceOfDomain,
  type ProductSource,
} from '@/lib/specs';
import type { CompleteDraft, DraftField, DraftRule } from './draft-data';

export interface DescriptorExtras {
  /** Gives the output ports and the pipeline's settings. */
  template?: Pick<DataProductTemplate, 'spec'>;
  /** The file behind a source of kind upload. */
  upload?: { format: string; fileName: string };
}

const FIRST_VERSION = '1.0.0';
const FILE_FORMATS = ['csv', 'tsv', 'json', 'ndjson', 'parquet'] as const;

/** The DataProduct document that a complete draft stands for; the same draft gives the same document. */
export function buildDescriptor(draft: CompleteDraft, extras: DescriptorExtras = {}): DataProduct {
  const defaults = extras.template?.spec.defaults;
  return {
    apiVersion: 'v1',
    kind: 'DataProduct',
    metadata: { name: draft.name, namespace: namespaceOfDomain(draft.domain) },
    spec: {
      owner: draft.owner,
      version: FIRST_VERSION,
      title: draft.title,
      description: draft.description,
      classification: draft.classification,
      ...(draft.tags.length > 0 && { tags: draft.tags }),
      template: draft.template,
      schema: draft.fields.map(schemaField),
      source: sourceOf(draft, extras.upload),
      processing: {
        ...(defaults?.processing?.type === 'etl' ? defaults.processing : {}),
        type: 'etl' as const,
        schedule: draft.schedule,
      },
      ...(draft.quality.length > 0 && { quality: draft.quality.map(qualityRule) }),
      slo: draft.slo,
      ...(draft.access.length > 0 && { access: draft.access }),
      ...(defaults?.outputPorts && { outputPorts: defaults.outputPorts }),
      lineage: lineageOf(draft),
      ...(draft.documentation && { documentation: draft.documentation }),
      ...(draft.terms && { terms: draft.terms }),
      ...(draft.support && { support: draft.support }),
      ...(draft.price && { price: draft.price }),
    },
  };
}

/** `sourceName` stays only where the column is renamed. */
function schemaField({ sourceName, description, ...field }: DraftField) {
  const { name, type, ...rest } = field;
  const flags = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined && value !== false),
  );
  return {
    name,
    type,
    ...(description && { description }),
    ...flags,
    ...(sourceName && sourceName !== name && { sourceName }),
  };
}

/** A rule of a draft as the document writes it. */
export function qualityRule(rule: DraftRule) {
  const { name, dimension, check, column, config, reason } = rule;
  return {
    name,
    check,
    dimension,
    ...(column && { column }),
    ...(Object.keys(config).length > 0 && { params: config }),
    ...(reason && { reason: reason.slice(0, 200) }),
  };
}

function sourceOf(draft: CompleteDraft, upload: DescriptorExtras['upload']): ProductSource {
  const { source } = draft;
  switch (source.kind) {
    case 'product':
      return { type: 'product', product: source.product };
    case 'sql': {
      const inputs = source.inputs.map(({ alias, product }) => [alias, product]);
      return { type: 'sql', inputs: Object.fromEntries(inputs), sql: source.sql };
    }
    case 'upload': {
      const format = FILE_FORMATS.find((known) => known === upload?.format);
      return {
        type: 'upload',
        ...(format && { format }),
        ...(upload && { file: upload.fileName }),
      };
    }
  }
}

function lineageOf({ source }: CompleteDraft): DataProduct['spec']['lineage'] {
  if (source.kind === 'upload') return { sources: ['file-upload'] };
  if (source.kind === 'product') return { sources: [source.product] };
  const sources = [...new Set(source.inputs.map(({ product }) => product))];
  return { sources, transformations: ['sql'] };
}
