import type { ShownSetting } from '../inbox/records/shown-setting.ts';
import { allSettings, type Setting, settings } from './settings.ts';

/** The settings of the environment. Of a secret, shows only that it is set. */
export function shownSettings(environment: Readonly<Record<string, string | undefined>>): ShownSetting[] {
  return allSettings.map((name) => {
    const { help, default: byDefault = 'not set', isSecret }: Setting = settings[name];
    const given = environment[name] || environment[`${name}_FILE`];
    return { name, help, value: isSecret && given ? 'set' : given || byDefault };
  });
}
