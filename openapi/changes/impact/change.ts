import type { ChangeKind } from './impact.ts';

/**
 * Which way the value travels that a change is about. The partner sends a `request` and an `acknowledgement` of a
 * callback; the provider sends a `response` and a `callback`. The `document` itself travels nowhere.
 */
export type Direction = 'request' | 'response' | 'callback' | 'acknowledgement' | 'document';

/** One thing that differs between two contracts. */
export interface Change {
  readonly kind: ChangeKind;
  readonly direction: Direction;
  /** The operation or the event that it reaches; empty for the document itself. */
  readonly place: string;
  /** JSON pointer of what differs: in the revision, or in the base where it is gone. */
  readonly pointer: string;
  /** What it was and what it is, in words. */
  readonly detail: string;
}

/** Where a comparison is: the way the values go, and the operation or the event they belong to. */
export interface Course {
  readonly direction: Direction;
  readonly place: string;
}
