export type { SandboxLimits } from './protocol';
export {
  describeSql,
  previewSql,
  runSqlToSnapshot,
  type SandboxedSql,
  type SandboxInput,
  type SqlPreview,
} from './run';
