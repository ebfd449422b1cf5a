import type { ShownSetting } from '../inbox/records/shown-setting.ts';
import type { CallbackServerOptions } from './callback-server-options.ts';

/** Options whose texts are words of the server. Another text can be a secret, or contain one. */
const words: readonly string[] = [
  'confirm',
  'unconfirmed',
  'forwardOrder',
  'handlerOrder',
  'invalidCallbacks',
] satisfies (keyof CallbackServerOptions)[];

/** The options that a program has given. Of an option that can be secret, shows only that it is set. */
export function shownOptions(options: CallbackServerOptions): ShownSetting[] {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({
      name,
      value: typeof value === 'number' || words.includes(name) ? `${value}` : 'set',
    }));
}
