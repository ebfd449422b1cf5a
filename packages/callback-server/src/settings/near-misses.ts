import { type SettingName, settings } from './settings.ts';

/** Shorter names, such as PORT, resemble too many names of other programs. */
const minLength = 8;
/** A variable that systemd sets. Its name resembles NOTIFY_SECRET. */
const foreignName = 'NOTIFY_SOCKET';

/** Letters that may differ. In a long name, more can be mistyped. */
const maxDistance = (name: string) => (name.length < 14 ? 2 : 3);

/**
 * Finds names in the environment that are almost the name of a setting, and would be ignored.
 *
 * @returns A problem for each, without its value.
 */
export function nearMisses(
  environment: Readonly<Record<string, string | undefined>>,
  names: readonly SettingName[],
): string[] {
  const own = new Set(Object.keys(settings).flatMap((name) => [name, `${name}_FILE`]));
  const problems: string[] = [];
  for (const [given, value] of Object.entries(environment)) {
    if (!value) continue;
    const meant = names.find((name) => name.length >= minLength && isMeant(given, name, own));
    if (meant) problems.push(`${given}: ${problemOf(given, meant)}`);
  }
  return problems;
}

function problemOf(given: string, meant: SettingName): string {
  return given === `${meant}_FILE`
    ? `does not exist, because ${meant} is no secret. Give ${meant} itself.`
    : `is no setting. Give ${meant}, or rename the variable if another program needs it.`;
}

function isMeant(given: string, name: SettingName, own: ReadonlySet<string>): boolean {
  if (given === `${name}_FILE`) return !('isSecret' in settings[name]);
  if (own.has(given) || given === foreignName) return false;
  const upper = given.toUpperCase().replaceAll('-', '_');
  // The path of a file is easily given without the word FILE.
  const forms = [name, `${name}_FILE`, name.replace(/_FILE$/, '')].filter((each) => each.length >= minLength);
  return forms.some((each) => distance(upper, each) <= Math.min(maxDistance(each), maxDistance(name)));
}

/** The number of letters to add, remove, change or swap with a neighbour to get from one text to another. */
function distance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 3) return Number.POSITIVE_INFINITY;
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? 0;
}
