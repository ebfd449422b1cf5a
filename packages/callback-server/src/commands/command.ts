import type { SettingName } from '../settings/settings.ts';

export interface Command {
  readonly summary: string;
  /** Further text for `--help`. */
  readonly details?: string;
  /** Required arguments after the name, such as `<merchantId>`. */
  readonly parameters?: readonly string[];
  readonly options?: Readonly<Record<string, CommandOption>>;
  /** The settings that the command reads. */
  readonly settings: readonly SettingName[];
  /** Resolves to the exit code. */
  readonly run: (call: CommandCall) => Promise<number>;
}

interface CommandOption {
  readonly type: 'boolean' | 'string';
  readonly help: string;
}

export interface CommandCall {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
