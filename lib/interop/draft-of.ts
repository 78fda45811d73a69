import type { DraftData } from '@/lib/products/draft-data';
import { draftOf as draftOfDescriptor } from '@/lib/products/draft-of-descriptor';
import type { DataProduct } from '@/lib/specs';
import type { ContractFormat } from './formats';
import type { Known } from './known';
import { slugOf } from './names';
import { knownOfOdcs } from './odcs/import';
import { knownOfOdps } from './odps/convert';
import type { Group } from './shape';

/** The draft that an outside document stands for. Where its rows come from is for the wizard. */
export function draftOfContract(
  format: ContractFormat,
  document: Group,
  objectName?: string | null,
): DraftData {
  if (format === 'dataproduct') return draftOfDescriptor(document as DataProduct);
  return draftOfKnown(
    format === 'odcs' ? knownOfOdcs(document, objectName) : knownOfOdps(document),
  );
}

/** An owner is somebody with an e-mail address; everybody else's word for one stays in the document. */
export function draftOfKnown(known: Known): DraftData {
  const { description, tags, slo, terms, support, price, access } = known;
  const name = slugOf(known.name);
  const domain = slugOf(known.domain);
  return {
    ...(name && { name }),
    ...(known.title && { title: known.title }),
    ...(domain && { domain }),
    ...(known.owner && /^\S+@\S+$/.test(known.owner) && { owner: known.owner.slice(0, 320) }),
    ...(description && { description }),
    ...(tags.length > 0 && { tags }),
    ...(known.fields.length > 0 && { fields: known.fields.map(draftField) }),
    ...(known.quality.length > 0 && { quality: known.quality }),
    ...(Object.keys(slo).length > 0 && { slo }),
    ...(Object.keys(terms).length > 0 && { terms }),
    ...(support.length > 0 && { support }),
    ...(price && { price }),
    ...(access.length > 0 && { access }),
  };
}

type DraftField = NonNullable<DraftData['fields']>[number];

function draftField(field: Known['fields'][number]): DraftField {
  const { sourceName, ...rest } = field;
  return {
    ...rest,
    sourceName: typeof sourceName === 'string' ? sourceName : field.name,
  } as DraftField;
}
