export { FILE_FORMATS, type ReadTable } from './query/protocol';
export {
  type OpenQuery,
  openQuery,
  queryToFile,
  readTables,
} from './query/run';
export { describeSql, parseSql, previewSql, runSqlToSnapshot, type SandboxInput } from './run';
