import type { Impact } from './impact/impact.ts';

/** The three numbers of a version. */
type Version = readonly [major: number, minor: number, patch: number];

/**
 * The lowest version that may follow a release after changes of an impact. From 1.0.0 on a breaking change raises the
 * major number; before, where semantic versioning promises nothing, it raises the minor one.
 */
export function versionAfter(release: string, impact: Impact | undefined): string {
  const [major, minor, patch] = parse(release);
  if (impact === undefined) return release;
  if (impact === 'major' && major > 0) return `${major + 1}.0.0`;
  return impact === 'patch' ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}

/** Orders versions from the oldest; for `toSorted`. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [parse(one), parse(other)];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

function parse(version: string): Version {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(version) ?? [];
  if (patch === undefined)
    throw new Error(`"${version}" is not a version. Give info.version three numbers, as 1.0.0.`);
  return [Number(major), Number(minor), Number(patch)];
}
