export {
  governanceToday,
  type TodayItem,
  type TodayKind,
  type TodaySection,
} from './governance-today';
export {
  type DraftRow,
  type FailedRunRow,
  type MyWork,
  myWork,
  type WorkProduct,
} from './my-work';
export { type NeedItem, type NeedKind, needsMe } from './needs-me';
