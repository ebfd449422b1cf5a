import { readFileSync } from 'node:fs';
import { type Setting, type SettingName, type SettingValues, settings } from './settings.ts';

type Environment = Record<string, string | undefined>;

/** The settings of an environment do not hold. Says all that is wrong, and none of the values. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(problems: readonly string[]) {
    super(`The settings do not hold:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/**
 * The values of some settings.
 *
 * @throws SettingsError naming every one that does not hold.
 */
export function readSettings<Name extends SettingName>(
  environment: Environment,
  names: readonly Name[],
): Pick<SettingValues, Name> {
  const problems: string[] = [];
  const values = names.map((name) => {
    try {
      return [name, readSetting(environment, name)] as const;
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : 'does not hold.'}`);
      return [name, undefined] as const;
    }
  });
  if (problems.length > 0) throw new SettingsError(problems);
  // Each name has its own parser in the table, a pairing that is lost on names known only at run time.
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as Pick<SettingValues, Name>;
}

function readSetting(environment: Environment, name: SettingName): unknown {
  const setting: Setting<unknown> = settings[name];
  const text = textOf(environment, name, setting) || setting.default;
  if (text) return setting.parse(text);
  if (setting.required) throw new Error(`is required. ${setting.required}`);
  return undefined;
}

function textOf(environment: Environment, name: string, { isSecret }: Setting<unknown>): string | undefined {
  const path = isSecret && environment[`${name}_FILE`];
  if (!path) return environment[name];
  if (environment[name]) throw new Error(`is given, and ${name}_FILE too. Give one of them.`);
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new Error(`cannot be read from the file that ${name}_FILE names.`);
  }
}

/** Settings in a line each, with their defaults. */
export function describeSettings(names: readonly SettingName[]): string {
  return names
    .map((name) => {
      const { help, default: usual, required }: Setting<unknown> = settings[name];
      const note = usual ? ` (${usual})` : required ? ' (required)' : '';
      return `  ${name.padEnd(24)}${help}${note}`;
    })
    .join('\n');
}
