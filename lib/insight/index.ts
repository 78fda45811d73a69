export {
  type DraftRow,
  type FailedRunRow,
  type MyWork,
  myWork,
  type WorkProduct,
} from './my-work';
