export { FILE_FORMATS, type FileFormat, type ReadTable } from './query/protocol';
export {
  type OpenQuery,
  openQuery,
  type QueryEnd,
  type QueryInput,
  queryToFile,
  readTables,
} from './query/run';
export { describeSql, previewSql, runSqlToSnapshot } from './run';
