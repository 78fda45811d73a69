/** The outside world's formats for contracts and products that are read and written. */
export const CONTRACT_FORMATS = ['odcs', 'odps', 'dataproduct'] as const;
export type ContractFormat = (typeof CONTRACT_FORMATS)[number];
export const FORMAT_NAMES: Record<ContractFormat, string> = {
  odcs: 'Open Data Contract Standard',
  odps: 'Open Data Product Standard',
  dataproduct: 'DataProduct',
};
