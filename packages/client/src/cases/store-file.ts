import { FileTtl } from '@partner-ecosystem/openapi/shapes';
import type { PartnerOperations } from '../create-partner-client.ts';
import type { OperationInput } from '../contract/operation-types.ts';
import type { CallOptions } from '../options.ts';

/** How long a file is kept. The file store takes any other word, and none, for 30 seconds. */
export type FileLifetime = NonNullable<OperationInput<'uploadFile'>['ttl']>;

/** A file as bytes, or as base64 text with its media type. A `data:` URL has both. */
export type FileContent =
  | Blob
  | { readonly base64: string; readonly mimetype: OperationInput<'uploadBase64'>['mimetype'] }
  | `data:${string}`;

export interface StoreFileOptions extends CallOptions {
  /** Makes the download ask for this key. */
  key?: string | undefined;
}

/**
 * Stores a file, for a push to refer to by its URL. Unlike the uploads below it, it insists on a lifetime: a file of a
 * case has to outlive the back office's decision.
 *
 * @returns The file's URL, under which whoever has it can read the file until it is gone.
 * @throws TypeError if the lifetime is none of the contract's, or the content none that can be stored.
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
  if (!lifetimes.includes(ttl)) throw new TypeError(`A file is kept for one of: ${lifetimes.join(', ')}.`);
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
    throw new TypeError('A file is a Blob, base64 text with its media type, or a data: URL in base64.');
  // Which media types the store takes is for it to say; the contract's types list those that it documents.
  return { base64String, mimetype: mimetype as OperationInput<'uploadBase64'>['mimetype'] };
}
