import { FileTtl } from '@partner-ecosystem/openapi/shapes';
import type { CallOptions, PartnerOperations } from '../call/partner-operations.ts';
import type { OperationInput } from '../contract/operation-types.ts';
import { ContractError } from '../errors/contract-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { unchecked } from '../http/http-result.ts';
import { isBlob } from '../http/is-blob.ts';

/** Lifetime of a stored file. The file store treats any other word, and a missing lifetime, as 30 seconds. */
export type FileLifetime = NonNullable<OperationInput<'uploadFile'>['ttl']>;

/** A file as bytes, such as a `Buffer`, or as base64 text with its media type. A `data:` URL contains both. */
export type FileContent =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | { readonly base64: string; readonly mimetype: OperationInput<'uploadBase64'>['mimetype'] }
  | `data:${string}`;

export interface StoreFileOptions extends CallOptions {
  /** Key that the download then requires. */
  key?: string | undefined;
}

/**
 * Stores a file, so that a push can refer to its URL. Unlike `uploadFile` and `uploadBase64`, `storeFile` requires a
 * lifetime, because a file of a case has to exist until the back office has decided.
 *
 * @returns The file's URL. Everyone who has the URL can read the file until the file expires.
 * @throws TypeError if the contract does not know the lifetime, or if the content is empty or is not a file.
 * @throws OutcomeUnknownError if the response has no URL. The file may have been stored.
 * @example
 * ```ts
 * const photo = new File([bytes], 'photo.jpg', { type: 'image/jpeg' });
 * const AadhaarImage1 = await storeFile(partner, photo, '3 month');
 * ```
 */
export async function storeFile(
  partner: Pick<PartnerOperations, 'uploadFile' | 'uploadBase64'>,
  content: FileContent,
  ttl: FileLifetime,
  { key, ...options }: StoreFileOptions = {},
): Promise<string> {
  const lifetimes = FileTtl.expected?.enum ?? [];
  if (!lifetimes.includes(ttl))
    throw new TypeError(`The lifetime of a file must be one of: ${lifetimes.join(', ')}.`);
  const settings = { ttl, ...(key !== undefined && { key }) };
  const file = readBytes(content);
  const stored: unknown = file
    ? await partner.uploadFile({ file: notEmpty(file, file.size), ...settings }, options)
    : await partner.uploadBase64({ ...readBase64(content), ...settings }, options);
  const url = unchecked(unchecked(stored)?.['file'])?.['directURL'];
  // The provider sends an empty text for a URL that does not exist.
  if (url && typeof url === 'string') return url;
  const violation = { pointer: '/file/directURL', keyword: 'type', expected: 'type string' };
  const operationId = file ? 'uploadFile' : 'uploadBase64';
  const call = { operationId, attempts: 1 } as const;
  throw new OutcomeUnknownError(
    call,
    'response',
    new ContractError(call, 'response', [violation]),
    undefined,
  );
}

function readBytes(content: unknown): Blob | undefined {
  // A form takes a `Blob` of any JavaScript realm.
  if (isBlob(content)) return content as Blob;
  if (Object.prototype.toString.call(content) === '[object ArrayBuffer]')
    return new Blob([new Uint8Array(content as ArrayBuffer)]);
  if (!ArrayBuffer.isView(content)) return undefined;
  // Copied, because `Blob` refuses bytes that threads share.
  return new Blob([new Uint8Array(content.buffer, content.byteOffset, content.byteLength).slice()]);
}

function readBase64(content: unknown): Pick<OperationInput<'uploadBase64'>, 'base64String' | 'mimetype'> {
  const [, type, text] =
    /^data:([\w/+.-]+);base64,(.*)$/s.exec(typeof content === 'string' ? content : '') ?? [];
  const base64String = text ?? unchecked(content)?.['base64'];
  const mimetype = type ?? unchecked(content)?.['mimetype'];
  // The file store would decode any other text to wrong bytes. It decides itself about line ends and base64url.
  const isBase64 = typeof base64String === 'string' && /^[\w+/=\s-]*$/.test(base64String);
  if (!isBase64 || typeof mimetype !== 'string')
    throw new TypeError(
      'A file must be a Blob, bytes, base64 text with its media type, or a data: URL in base64.',
    );
  // The file store decides which media types it accepts; the contract's type lists the documented ones.
  const file = { base64String, mimetype: mimetype as OperationInput<'uploadBase64'>['mimetype'] };
  return notEmpty(file, base64String.replace(/[\s=]/g, '').length);
}

/** The file store accepts an empty file, so nobody would notice the mistake. */
function notEmpty<File>(file: File, size: number): File {
  if (size > 0) return file;
  throw new TypeError('A file must not be empty.');
}
