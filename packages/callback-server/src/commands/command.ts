import type { SettingName } from '../settings/settings.ts';

/** One command of the binary. */
export interface Command {
  /** What it does, in a line. */
  readonly summary: string;
  /** What else is to be known, for its `--help`. */
  readonly details?: string;
  /** What must follow its name, such as `<merchantId>`. */
  readonly parameters?: readonly string[];
  readonly options?: Readonly<Record<string, CommandOption>>;
  /** The settings that it reads. */
  readonly settings: readonly SettingName[];
  /** Does it. Resolves to the exit code. */
  readonly run: (call: Call) => Promise<number>;
}

export interface CommandOption {
  readonly type: 'boolean' | 'string';
  readonly help: string;
}

/** A command, as it was called. */
export interface Call {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
