import type { components } from '@partner-ecosystem/openapi/schema';
import type { Env } from '../model/env.ts';
import type { State } from '../model/state.ts';
import { nextOrdinal } from '../model/state.ts';
import type { StoredFile } from '../model/stored-file.ts';
import { keep, put } from '../model/table.ts';
import { store } from '../responses/dialects.ts';
import { type OperationResult, refuse, succeed } from '../responses/operation-result.ts';
import { lifetimeOf } from './lifetimes.ts';

/** As documented. */
export const maxFileBytes: number = 100 * 1024 * 1024;

interface Upload {
  readonly base64: string;
  readonly mediaType: string;
  readonly ttl: components['schemas']['FileTtl'] | undefined;
  readonly key: string | undefined;
  readonly origin: string;
}

/** Keeps a file, forgets those whose time is over, and answers with where the file is. */
export function storeFile(
  upload: Upload,
  state: State,
  env: Env,
): OperationResult<components['schemas']['StoredFile']> {
  const size = bytesIn(upload.base64);
  if (size > maxFileBytes) return refuse(store.tooLarge);
  const { ordinal, state: counted } = nextOrdinal(state, 'file');
  const id = 10_000_000 + ordinal;
  const name = `${env.derive(`file ${ordinal}`).slice(0, 16)}${extensions[upload.mediaType] ?? ''}`;
  const expiresAt = env.now + lifetimeOf(upload.ttl);
  const file: StoredFile = {
    name,
    mediaType: upload.mediaType,
    base64: upload.base64,
    ...(upload.key !== undefined && { key: upload.key }),
    ...(Number.isFinite(expiresAt) && { expiresAt }),
  };
  const alive = keep(counted.files, (other) => isAlive(other, env.now));
  const directURL = `${upload.origin}/api/files/${id}/download/${name}`;
  return succeed(
    { file: { id, filetype: upload.mediaType, size, directURL, protected: upload.key !== undefined } },
    { state: { ...counted, files: put(alive, `${id}`, file) } },
  );
}

export function isAlive({ expiresAt }: StoredFile, now: number): boolean {
  return expiresAt === undefined || now < expiresAt;
}

const extensions: { readonly [mediaType: string]: string } = {
  'image/jpeg': '.jpg',
  'image/jpg': '.jpg',
  'image/png': '.png',
  'application/pdf': '.pdf',
};

function bytesIn(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
