export { detectFormat, UPLOAD_FORMATS, type UploadFormat } from './detect';
export { castFailures, type Inspection, inspectFile, type UploadColumn } from './inspect';
export { profileRelation } from './profile';
export { receiveUpload } from './receive';
export { relationForUpload, type UploadSource } from './source';
export { type SuggestedRule, suggestKey, suggestQualityRules } from './suggest';
