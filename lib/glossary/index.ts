export { ApproveTermInput, approveTerm } from './approve-term';
export { CreateTermInput, createTerm } from './create-term';
export { DeleteTermInput, deleteTerm } from './delete-term';
export {
  getTerm,
  type LinkedTerm,
  productTerms,
  type TermDetail,
  type TermUse,
} from './get-term';
export { LinkTermInput, linkTerm, unlinkTerm } from './link-term';
export {
  listTerms,
  TermFilter,
  type TermPage,
  type TermPlaces,
  type TermRow,
  termPlaces,
} from './list-terms';
export { RestoreTermInput, restoreTerm } from './restore-term';
export { UpdateTermInput, updateTerm } from './update-term';
