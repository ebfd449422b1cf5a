import type { Operation } from '@partner-ecosystem/openapi/operations';
import { attempt, type Fetch } from './attempt.ts';
import { AbortedError } from './errors/aborted-error.ts';
import { type TokenSources, tokenSourceFor } from './token-source.ts';
import { untilAborted } from './until-aborted.ts';

/** Sends an operation's request, and answers with the provider's whole response, whatever its status. */
export type Send = (operation: Operation, request: Request, timeoutMs: number) => Promise<Response>;

/** The way to the provider: token → attempt → on a 401, one new token and one replay. */
export function createTransport(fetch: Fetch, tokens: TokenSources): Send {
  const send: Send = async (operation, request, timeoutMs) => {
    const source = tokenSourceFor(operation, tokens);
    if (!source?.discard) return attempt(fetch, operation, request, await source?.token(), timeoutMs);

    const token = await source.token();
    // A body can be sent once only, so the first attempt gets a copy.
    const response = await attempt(fetch, operation, request.clone(), token, timeoutMs);
    if (response.status !== 401) return response;

    // A 401 was refused before anything was done, so even a create is safe to replay.
    source.discard(token);
    return attempt(fetch, operation, request, await source.token(), timeoutMs);
  };

  return async (operation, request, timeoutMs) => {
    try {
      return await untilAborted(request.signal, () => send(operation, request, timeoutMs));
    } catch (error) {
      throw request.signal.aborted ? new AbortedError(operation.operationId) : error;
    }
  };
}
