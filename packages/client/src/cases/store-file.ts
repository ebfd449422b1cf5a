import { FileTtl } from '@partner-ecosystem/openapi/shapes';
import type { CallOptions, PartnerOperations } from '../call/partner-operations.ts';
import type { OperationInput } from '../contract/operation-types.ts';

/** Lifetime of a stored file. The file store treats any other word, and a missing one, as 30 seconds. */
export type FileLifetime = NonNullable<OperationInput<'uploadFile'>['ttl']>;

/** A file as bytes, or as base64 text with its media type. A `data:` URL contains both. */
export type FileContent =
  | Blob
  | { readonly base64: string; readonly mimetype: OperationInput<'uploadBase64'>['mimetype'] }
  | `data:${string}`;

export interface StoreFileOptions extends CallOptions {
  /** Key that the download then requires. */
  key?: string | undefined;
}

/**
 * Stores a file, so that a push can refer to its URL. Unlike `uploadFile` and `uploadBase64`, it requires a lifetime: a
 * file of a case has to outlive the back office's decision.
 *
 * @returns The file's URL. Everyone who has the URL can read the file until the file expires.
 * @throws TypeError if the contract does not know the lifetime, or the content cannot be stored.
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
  const lifetimes = FileTtl.enum ?? [];
  if (!lifetimes.includes(ttl))
    throw new TypeError(`The lifetime of a file must be one of: ${lifetimes.join(', ')}.`);
  const settings = { ttl, ...(key !== undefined && { key }) };
  const stored =
    content instanceof Blob
      ? await partner.uploadFile({ file: content, ...settings }, options)
      : await partner.uploadBase64({ ...readBase64(content), ...settings }, options);
  return stored.file.directURL;
}

function readBase64(
  content: Exclude<FileContent, Blob>,
): Pick<OperationInput<'uploadBase64'>, 'base64String' | 'mimetype'> {
  if (typeof content === 'object') return { base64String: content.base64, mimetype: content.mimetype };
  const [, mimetype, base64String] = /^data:([\w/+.-]+);base64,(.+)$/s.exec(content) ?? [];
  if (mimetype === undefined || base64String === undefined)
    throw new TypeError('A file must be a Blob, base64 text with its media type, or a data: URL in base64.');
  // The file store decides which media types it accepts; the contract's type lists the documented ones.
  return { base64String, mimetype: mimetype as OperationInput<'uploadBase64'>['mimetype'] };
}
