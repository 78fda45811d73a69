export { DeleteAuditViewInput, deleteAuditView } from './delete-view';
export { type AuditView, listAuditViews } from './queries';
export { SaveAuditViewInput, saveAuditView } from './save-view';
export { UpdateAuditViewInput, updateAuditView } from './update-view';
export { searchOf } from './view-input';
