import { readTextFile } from '../files/read-text-file.ts';
import { nearMisses } from './near-misses.ts';
import { type Setting, type SettingName, type SettingValues, settings } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings are invalid. Names every problem, and quotes no value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(problems: readonly string[]) {
    super(`Invalid settings:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}

/**
 * Reads settings from the environment.
 *
 * @throws SettingsError naming every invalid setting.
 */
export function readSettings<Name extends SettingName>(
  environment: Environment,
  names: readonly Name[],
): Pick<SettingValues, Name> {
  const problems = nearMisses(environment, names);
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const name of names) {
    try {
      const value = readSetting(environment, name);
      if (value !== undefined) values[name] = value;
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : 'is invalid.'}`);
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
  // Each value comes from the parser of its name, a pairing that TypeScript loses in a loop over names.
  return values as Pick<SettingValues, Name>;
}

function readSetting(environment: Environment, name: SettingName): unknown {
  const setting: Setting = settings[name];
  const text = textOf(environment, name, setting) || setting.default;
  if (text) return setting.parse(text);
  if (setting.required) throw new Error(`is required. ${setting.required}`);
  return undefined;
}

function textOf(environment: Environment, name: string, { isSecret }: Setting): string | undefined {
  const path = isSecret && environment[`${name}_FILE`];
  if (!path) return environment[name];
  if (environment[name]) throw new Error(`and ${name}_FILE are both given. Give one of them.`);
  const text = readSecretFile(path, name).trim();
  // If the default were used instead, it could name another database, or remove a protection.
  if (text === '') throw new Error(`the file in ${name}_FILE is empty. Write the secret into it.`);
  // PowerShell writes UTF-16 by default.
  if (/[\0\ufffd]/.test(text))
    throw new Error(`the file in ${name}_FILE is not UTF-8 text. Save the file as UTF-8.`);
  return text;
}

function readSecretFile(path: string, name: string): string {
  try {
    return readTextFile(path);
  } catch {
    throw new Error(`cannot be read from the file in ${name}_FILE. Check its path and permissions.`);
  }
}

export function describeSettings(names: readonly SettingName[]): string {
  return names
    .map((name) => {
      const { help, default: byDefault, required }: Setting = settings[name];
      const note = byDefault ? ` (${byDefault})` : required ? ' (required)' : '';
      return `  ${name.padEnd(24)}${help}${note}`;
    })
    .join('\n');
}
