import type { Impact } from './impact/impact.ts';

/**
 * The lowest version that may follow `release` after changes of an impact. From 1.0.0 a breaking change raises the
 * major number. Before 1.0.0, where semantic versioning promises nothing, a breaking change raises the minor number.
 */
export function nextVersion(release: string, impact: Impact | undefined): string {
  const [major, minor, patch] = parseVersion(release);
  if (impact === undefined) return release;
  if (impact === 'major' && major > 0) return `${major + 1}.0.0`;
  return impact === 'patch' ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}

/** A comparator for `toSorted` that puts the oldest version first. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [parseVersion(one), parseVersion(other)];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function parseVersion(version: string) {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (patch === undefined)
    throw new Error(`"${version}" is not a version. Set info.version to three numbers, such as 1.0.0.`);
  return [Number(major), Number(minor), Number(patch)] as const;
}
