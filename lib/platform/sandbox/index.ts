export { describeSql, previewSql, runSqlToSnapshot } from './run';
