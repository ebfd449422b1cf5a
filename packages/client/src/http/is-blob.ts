import { unchecked } from './http-result.ts';

/** What a form needs of a `Blob` or a `File`. `size` excludes a `Response`, which has no size. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  readonly name?: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** Whether a value is a `Blob` or a `File`, of any JavaScript realm. */
export function isBlob(value: unknown): value is BlobLike {
  return (
    typeof unchecked(value)?.['size'] === 'number' && typeof unchecked(value)?.['arrayBuffer'] === 'function'
  );
}
