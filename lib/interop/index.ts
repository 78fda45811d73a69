export { CheckContractInput, type CheckedContract, checkContract } from './check-contract';
export { type ContractView, contractView } from './contract-view';
export type { Finding } from './findings';
export { ImportContractInput, importContract } from './import-contract';
export {
  type ContractOnto,
  ContractOntoInput,
  contractOnto,
  ProposeContractInput,
  proposeContract,
} from './import-onto';
export { ContractQuery, productContract } from './product-contract';
