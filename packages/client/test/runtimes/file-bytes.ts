/** The bytes that stand in for a file: all 256 values, so that a conversion to text would show. */
export const fileBytes: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 256 }, (_, byte) => byte);
