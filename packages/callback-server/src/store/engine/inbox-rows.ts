import { bytes, date, rowReader, text } from './row-reader.ts';

export const readSession = rowReader({ name: text, proof: bytes, createdAt: date, seenAt: date });
export type SessionRow = ReturnType<typeof readSession>;

export const readSavedFilter = rowReader({ name: text, query: bytes });
