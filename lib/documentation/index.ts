export type { ReadinessItem } from './checklist';
export { documentationMarkdown } from './documentation-markdown';
export { type ReadyDraft, reviewReadyDraft } from './draft-readiness';
export { promisedOf } from './print-markdown';
export {
  ActivityPage,
  type ActivityRow,
  type ChangelogEntry,
  productActivity,
} from './product-activity';
export { productDocumentation } from './product-documentation';
export { productReadiness } from './product-readiness';
export type { ExampleOutcome } from './run-examples';
export { SaveDocumentationInput, saveDocumentation } from './save-documentation';
