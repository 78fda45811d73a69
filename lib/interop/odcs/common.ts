import { anything, type Check, group, list, matching, text } from '../shape';
import { isSince, type OdcsVersion } from './versions';

/** Pieces that many parts of a contract share, as one version of the standard has them. */
export interface Parts {
  version: OdcsVersion;
  /** Since 3.1 nearly every group refuses fields that the standard does not name. */
  isStrict: boolean;
  /** Since 3.1: the stable `id` that references name. */
  stableId: Record<string, Check>;
  tags: Check;
  customProperties: Check;
  definitions: Check;
}

export const STABLE_ID = /^[A-Za-z0-9_-]+$/;

export function partsOf(version: OdcsVersion): Parts {
  const isStrict = isSince(version, 'v3.1.0');
  const stableId: Record<string, Check> = isStrict
    ? { id: matching(STABLE_ID, 'an id holds only letters, digits, "-" and "_"') }
    : {};
  const customProperty = group({
    what: 'a custom property',
    known: { ...stableId, property: text, value: anything, ...(isStrict && { description: text }) },
    required: isStrict ? ['property', 'value'] : [],
    isOpen: !isStrict,
  });
  const definition = group({
    what: 'an authoritative definition',
    known: { ...stableId, url: text, type: text, ...(isStrict && { description: text }) },
    required: ['url', 'type'],
    isOpen: !isStrict,
  });
  return {
    version,
    isStrict,
    stableId,
    tags: list(text),
    customProperties: list(customProperty),
    definitions: list(definition),
  };
}
