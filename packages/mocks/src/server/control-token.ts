import { OptionError } from '../core/model/assert-options.ts';

/**
 * @param name - The option or the variable that has the token.
 * @throws OptionError that names the option or the variable, without its value.
 */
export function assertControlToken(name: string, token: string): void {
  if (!/^[\w-]{16,}$/.test(token))
    throw new OptionError(`${name} must have at least 16 letters, digits, - and _.`);
}
