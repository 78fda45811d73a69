export { Sample } from './samples/sample';
export {
  DeleteSampleInput,
  deleteSample,
  SaveSampleInput,
  saveSample,
} from './samples/save-sample';
export { suites } from './suites';
