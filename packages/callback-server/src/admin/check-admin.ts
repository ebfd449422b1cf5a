import { problemOfSecrets } from '../access/factor-options.ts';
import { isLoopback } from '../access/loopback.ts';

/** @throws TypeError where the admin API would be open to other machines, or to whoever guesses. */
export function assertAdminAccess(host: string, tokens: readonly string[]): void {
  const problem = tokens.length > 0 ? problemOfSecrets(tokens) : undefined;
  if (problem) throw new TypeError(`adminTokens ${problem}`);
  if (tokens.length === 0 && !isLoopback(host))
    throw new TypeError('adminTokens must be given where adminHost is not this machine only.');
}
