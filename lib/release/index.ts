export {
  DeprecateProductInput,
  deprecateProduct,
  WithdrawDeprecationInput,
  withdrawDeprecation,
} from './deprecate-product';
export {
  listSamples,
  listTestRuns,
  type ProductLifecycle,
  productLifecycle,
  type SampleView,
  type TestRunRow,
} from './queries';
export { Sample } from './samples/sample';
export {
  DeleteSampleInput,
  deleteSample,
  SaveSampleInput,
  saveSample,
} from './samples/save-sample';
export { suites } from './suites';
