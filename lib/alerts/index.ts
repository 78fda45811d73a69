export { ALERT_KINDS, type Alert, type AlertKind, type Recipients } from './alert';
export { raiseAlert } from './raise-alert';
