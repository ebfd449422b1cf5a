import type { ApiRequest, StepResponse } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import type { State } from '../model/state.ts';
import { find } from '../model/table.ts';
import { keyRequired, noSuchFile } from '../responses/dialects.ts';
import { refuse } from '../responses/operation-result.ts';
import { isAlive } from './store-file.ts';

interface FileAddress {
  readonly fileId: string;
  readonly fileName: string;
}

/** Gives a stored file out while it lives, to whoever has its address and, where it is protected, its key. */
export function downloadFile(
  state: State,
  { fileId, fileName }: FileAddress,
  { query }: ApiRequest,
  { now }: Env,
): { readonly response: StepResponse } {
  const file = find(state.files, fileId);
  if (!file || file.name !== fileName || !isAlive(file, now)) return refuse(noSuchFile);
  const key = query.find(([name]) => name === 'key')?.[1];
  if (file.key !== undefined && file.key !== key) return refuse(keyRequired);
  return { response: { status: 200, file: { base64: file.base64, mediaType: file.mediaType } } };
}
