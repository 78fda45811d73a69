import type { Bump } from './change';

interface Semver {
  major: number;
  minor: number;
  patch: number;
}

/** The three numbers; marks of pre-releases and builds are left aside. */
function numbersOf(version: string): Semver {
  const [major = 0, minor = 0, patch = 0] = version.split(/[-+]/)[0]!.split('.').map(Number);
  return { major, minor, patch };
}

export const majorOf = (version: string): number => numbersOf(version).major;

/** Negative when `a` comes before `b`. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [numbersOf(a), numbersOf(b)];
  return x.major - y.major || x.minor - y.minor || x.patch - y.patch;
}

/** The first version that a change of this weight may have. */
export function bumped(version: string, bump: Bump): string {
  const { major, minor, patch } = numbersOf(version);
  if (bump === 'major') return `${major + 1}.0.0`;
  return bump === 'minor' ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

const PIN = /^(0|[1-9]\d{0,8})(?:\.(0|[1-9]\d{0,8}))?(?:\.(0|[1-9]\d{0,8}))?$/;

/** `1`, `1.2` or `1.2.3` as the lowest version that is meant; null for anything else. */
export function parsePin(text: string): string | null {
  const match = PIN.exec(text);
  return match && [match[1], match[2] ?? '0', match[3] ?? '0'].join('.');
}
