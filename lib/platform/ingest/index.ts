export { detectFormat, UPLOAD_FORMATS, type UploadFormat } from './detect';
export {
  type CastFailure,
  castFailures,
  type Inspection,
  inspectFile,
  type UploadColumn,
} from './inspect';
export type { Pii } from './pii';
export { type ColumnProfile, profileRelation, type RelationProfile } from './profile';
export { type ReceivedUpload, type ReceiveOptions, receiveUpload } from './receive';
export { relationForUpload, type UploadField, type UploadSource } from './source';
export { type SuggestedRule, suggestKey, suggestQualityRules } from './suggest';
