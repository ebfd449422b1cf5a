import {
  allSettings,
  type Setting,
  settings,
} from '../../../../packages/callback-server/src/settings/settings.ts';
import { code } from '../markdown/code.ts';
import { table } from '../markdown/table.ts';

/** Every setting of the callback server, from its own table. */
export function settingsTable(): string {
  const rows = allSettings.map((name) => {
    const { help, default: byDefault, required, isSecret }: Setting = settings[name];
    return [
      `<span id="${name.toLowerCase()}"></span>${code(name)}`,
      [
        `${required ? '**Required.** ' : ''}${help}`,
        ...(required ? [required.replace(/\.$/, '')] : []),
        ...(isSecret ? [`Or the path of a file in ${code(`${name}_FILE`)}`] : []),
      ].join('. '),
      byDefault === undefined ? '' : code(byDefault),
    ];
  });
  return table(['setting', 'meaning', 'default'], rows);
}
