import type { DataProductTemplate } from '@/lib/specs';
import type { CompleteDraft } from './draft-data';
import type { SourceProduct } from './source-products';
import type { UploadView } from './upload-view';

/** Dotted path in the draft → what is wrong and what to do. */
export type FieldErrors = Record<string, string>;

export interface ValidateOptions {
  /** The draft itself: its own product may hold the name, its own file may be the source. */
  draftId: string;
  /** Why a quality check cannot be compiled (lib/quality); null when it can. */
  ruleProblem?: (
    rule: { name: string; check: string; column: string | null; config: unknown },
    columns: ReadonlySet<string>,
  ) => string | null;
}
/** What the checks looked up, for whoever goes on from here. `complete` is null when `fields` is not empty. */
export interface ValidatedDraft {
  fields: FieldErrors;
  complete: CompleteDraft | null;
  template: DataProductTemplate | null;
  domain: { id: string; name: string } | null;
  ownerId: string | null;
  upload: UploadView | null;
  sources: SourceProduct[];
}
