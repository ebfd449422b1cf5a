import { readBounded } from './read-bounded.ts';

/** How a body is compressed and encoded, as its headers say. */
export interface BodyCoding {
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
}

/** What a body must be decoded with, or the name of a coding that the framework does not know. */
export type Decoding =
  | {
      readonly decode: (bytes: Bytes, maxBytes: number) => Promise<Bytes | undefined>;
      readonly decoder: Decoder;
    }
  | { readonly unknown: string; readonly known: string };

/** `TextDecoder`, whose type only the compiler's library for browsers has. */
interface Decoder {
  readonly decode: (bytes: Bytes) => string;
}

type Bytes = Uint8Array<ArrayBuffer>;

const utf8 = new TextDecoder();
const compressions = ['gzip', 'deflate'] as const;

const charsets = ['utf-16le', 'utf-16be'];

/**
 * Finds how to decode a body. Like the framework's parser, this function knows gzip, deflate and the charsets of
 * Unicode.
 */
export function decodingOf({ contentType, contentEncoding }: BodyCoding): Decoding {
  const encoding = contentEncoding?.trim().toLowerCase() || 'identity';
  const compression = compressions.find((known) => known === encoding);
  if (!compression && encoding !== 'identity')
    return { unknown: `content-encoding ${wordIn(encoding)}`, known: 'gzip, deflate or no content-encoding' };
  const [, charset = 'utf-8'] = /;\s*charset="?([\w-]+)"?/i.exec(contentType ?? '') ?? [];
  const decoder = decoderOf(charset.toLowerCase());
  if (!decoder) return { unknown: `charset ${charset}`, known: 'charset utf-8 or utf-16' };
  return {
    decoder,
    decode: async (bytes, maxBytes) => (compression ? inflate(bytes, compression, maxBytes) : bytes),
  };
}

function decoderOf(charset: string): Decoder | undefined {
  if (charset === 'utf-8' || charset === 'utf8') return utf8;
  if (charset === 'utf-16') return utf16;
  return charsets.includes(charset) ? new TextDecoder(charset) : undefined;
}

/**
 * Under the charset `utf-16`, which does not name the byte order, a text begins with a mark that says which byte of a
 * character is first.
 */
const utf16: Decoder = {
  decode: (bytes) => {
    const isBigEndian = bytes[0] === 0xfe && bytes[1] === 0xff;
    return new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le').decode(bytes);
  },
};

/** Returns `undefined` if the content is larger than the limit. */
function inflate(
  bytes: Bytes,
  compression: (typeof compressions)[number],
  maxBytes: number,
): Promise<Bytes | undefined> {
  // Not the stream of a `Blob`: jsdom replaces `Blob` with its own, which may have none.
  const sent = new ReadableStream<Bytes>({
    start: (controller) => {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return readBounded(sent.pipeThrough(new DecompressionStream(compression)), maxBytes);
}

/** Error responses repeat the name, so the name must be a plain word. */
function wordIn(text: string): string {
  return /^[\w-]+$/.test(text) ? text : 'undefined';
}
