import type { ApiRequest, StepResponse } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { State } from '../model/state.ts';
import { find } from '../model/table.ts';
import { keyRequired, noSuchFile } from '../responses/dialects.ts';
import { fail } from '../responses/operation-responses.ts';
import { isAlive } from './store-file.ts';

interface FileAddress {
  readonly fileId: string;
  readonly fileName: string;
}

/** Returns a stored file that has not expired. A protected file requires its key in the query. */
export function downloadFile(
  state: State,
  { fileId, fileName }: FileAddress,
  { query }: ApiRequest,
  { now }: Env,
): { readonly response: StepResponse } {
  const file = find(state.files, fileId);
  if (!file || file.name !== fileName || !isAlive(file, now)) return fail(noSuchFile);
  const key = query.find(([name]) => name === 'key')?.[1];
  if (file.key !== undefined && file.key !== key) return fail(keyRequired);
  return { response: { status: 200, file: { base64: file.base64, mediaType: file.mediaType } } };
}
