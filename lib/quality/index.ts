export { ruleProblem } from './compile';
export { type LatestQuality, latestQuality } from './queries';
export { runQuality } from './run-quality';
