export { FILE_FORMATS, type ReadTable } from './query/protocol';
export {
  type OpenQuery,
  openQuery,
  type QueryInput,
  queryToFile,
  readTables,
} from './query/run';
export { describeSql, parseSql, previewSql, runSqlToSnapshot } from './run';
