const nodeCrypto = globalThis.process?.getBuiltinModule?.('node:crypto');

/**
 * The SHA-256 hash of a text or of bytes. Synchronous where the runtime has Node's `crypto`, and through Web Crypto
 * elsewhere, so that the receiver runs in every runtime.
 */
export const sha256: (data: string | Uint8Array) => Uint8Array | Promise<Uint8Array> = nodeCrypto
  ? (data) => nodeCrypto.hash('sha256', data, 'buffer')
  : async (data) => {
      const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);
      return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    };

/** The same hash in hexadecimal. */
export const sha256Hex: (data: string | Uint8Array) => string | Promise<string> = nodeCrypto
  ? (data) => nodeCrypto.hash('sha256', data)
  : async (data) => Array.from(await sha256(data), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Compares two digests in constant time. */
export const isSameDigest: (one: Uint8Array, other: Uint8Array) => boolean = nodeCrypto
  ? nodeCrypto.timingSafeEqual
  : (one, other) =>
      one.reduce((difference, byte, index) => difference | (byte ^ (other[index] ?? 256)), 0) === 0;
