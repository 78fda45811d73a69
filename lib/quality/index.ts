export { ruleProblem } from './checks';
export { type LatestQuality, latestQuality } from './queries';
export { runQuality } from './run-quality';
