import type { components } from '@partner-ecosystem/openapi/schema';
import type { Target } from '../contract/route.ts';
import type { ApiRequest, StepResponse } from '../model/command.ts';
import type { Env } from '../model/env.ts';
import { nextOrdinal, type State, type StoredFile } from '../model/state.ts';
import { find, keep, put } from '../model/table.ts';
import { dialects, keyRequired, noSuchFile } from '../responses/dialects.ts';
import { fail, type OperationResult, succeed, withViolation } from '../responses/operation-responses.ts';
import { fileNumber } from '../seed/identifiers.ts';

/** The documented limit of a file. */
export const maxFileBytes = 100 * 1024 * 1024;

type FileTtl = components['schemas']['FileTtl'];

interface Upload {
  /** The field of the request that has the file. */
  readonly field: 'file' | 'base64String';
  readonly base64: string;
  readonly mediaType: string;
  readonly ttl: FileTtl | undefined;
  readonly key: string | undefined;
  readonly origin: string;
}

/** Stores a file, removes expired files from time to time, and responds with the file's address. */
export function storeFile(
  upload: Upload,
  state: State,
  env: Env,
): OperationResult<components['schemas']['StoredFile']> {
  const size = bytesIn(upload.base64);
  if (size > maxFileBytes)
    return fail(
      withViolation(
        dialects['file-store'].tooLarge,
        `/body/${upload.field}`,
        'maxLength',
        'must have 100 MB or less',
      ),
    );
  const { ordinal, state: counted } = nextOrdinal(state, 'file');
  const id = fileNumber(env, ordinal);
  const name = `${env.derive(`file ${ordinal}`).slice(0, 16)}${extensions[upload.mediaType] ?? ''}`;
  const expiresAt = env.now + lifetimeOf(upload.ttl);
  const file: StoredFile = {
    name,
    mediaType: upload.mediaType,
    base64: upload.base64,
    ...(upload.key !== undefined && { key: upload.key }),
    ...(Number.isFinite(expiresAt) && { expiresAt }),
  };
  const alive = isTimeToRemove(counted.files.size, ordinal)
    ? keep(counted.files, (other) => isAlive(other, env.now))
    : counted.files;
  const directURL = `${upload.origin}/api/files/${id}/download/${name}`;
  return succeed(
    { file: { id, filetype: upload.mediaType, size, directURL, protected: upload.key !== undefined } },
    { state: { ...counted, files: put(alive, `${id}`, file) } },
  );
}

/** Returns a stored file that has not expired. A protected file requires its key in the query. */
export function downloadFile(
  state: State,
  { fileId, fileName }: Extract<Target, { kind: 'download' }>,
  { query }: ApiRequest,
  { now }: Env,
): { readonly response: StepResponse } {
  const file = find(state.files, fileId);
  if (!file || file.name !== fileName || !isAlive(file, now)) return fail(noSuchFile);
  const key = query.find(([name]) => name === 'key')?.[1];
  if (file.key !== undefined && file.key !== key) return fail(keyRequired);
  return { response: { status: 200, file: { base64: file.base64, mediaType: file.mediaType } } };
}

/** Whether a URL is the address of a file that this sandbox has stored, and that has expired since. */
export function isExpiredFile(state: State, url: string, env: Env): boolean {
  const [, fileId = '', name = ''] = /\/api\/files\/(\d+)\/download\/([^/?#]+)/i.exec(url) ?? [];
  const number = Number(fileId);
  if (fileId === '' || number <= fileNumber(env, 0) || number > fileNumber(env, state.ordinals.file))
    return false;
  const file = find(state.files, fileId);
  return !file || file.name !== name || !isAlive(file, env.now);
}

/**
 * Whether an upload looks for expired files. With many files, only each n-th upload looks for them. n grows with the
 * number of files, so that the cost of an upload stays the same.
 */
function isTimeToRemove(count: number, ordinal: number): boolean {
  return ordinal % 2 ** Math.max(0, Math.floor(Math.log2(count + 1)) - 5) === 0;
}

function isAlive({ expiresAt }: StoredFile, now: number): boolean {
  return expiresAt === undefined || now < expiresAt;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const defaultLifetime = 30_000;

/** How long a file is stored, in milliseconds. A month has 30 days, a year 365. */
const lifetimes: { readonly [Ttl in FileTtl]: number } = {
  '2 mins': 2 * minute,
  '10 mins': 10 * minute,
  '30 mins': 30 * minute,
  '2 hrs': 2 * hour,
  '12 hrs': 12 * hour,
  '24 hrs': 24 * hour,
  '7 days': 7 * day,
  '15 days': 15 * day,
  '1 month': 30 * day,
  '3 month': 90 * day,
  '6 month': 180 * day,
  '1 year': 365 * day,
  '3 years': 3 * 365 * day,
  infinity: Number.POSITIVE_INFINITY,
};

/** The store deletes a file early, and without an error, if its lifetime is missing or misspelt. */
function lifetimeOf(ttl: string | undefined): number {
  return ttl !== undefined && Object.hasOwn(lifetimes, ttl) ? lifetimes[ttl as FileTtl] : defaultLifetime;
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
