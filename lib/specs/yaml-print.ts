import { stringify } from 'yaml';

/**
 * Prints a document as YAML that reads back to the same values, here and in YAML 1.1 readers (which take a bare
 * `yes` for true). Fields that are undefined are left out.
 */
export function printDocument(document: object): string {
  return stringify(document, {
    version: '1.2',
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
}
