export { describeSql, parseSql, previewSql, runSqlToSnapshot } from './run';
