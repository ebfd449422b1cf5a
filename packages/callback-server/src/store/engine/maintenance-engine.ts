import type { WholeCallbackRow } from './rows.ts';

/** A repeat whose bytes differ from those of its callback. */
export interface DifferingBodyRow {
  readonly sequence: number;
  /** The label that its body is sealed under. */
  readonly id: string;
  readonly dataKey: string | null;
  readonly bodyHash: Uint8Array;
  readonly body: Uint8Array;
}

export interface BodyRow {
  readonly sequence: number;
  readonly id: string;
  readonly dataKey: string | null;
  readonly body: Uint8Array;
}

/** What is to stand in the place of a body; nothing where the body could not be read. */
export interface MaskedCopy {
  readonly sequence: number;
  readonly masked: Uint8Array | null;
}

/** What was done to what is kept. */
export interface AuditEntry {
  readonly at: Date;
  /** Who did it. */
  readonly actor: string;
  readonly action: string;
  readonly details: Readonly<Record<string, string | number>>;
}

/** The part of an engine that looks after what is kept. Each call does a bounded part, and tells how much it did. */
export interface MaintenanceEngine {
  /** Callbacks after a sequence, the oldest first. */
  page(after: number, limit: number): Promise<WholeCallbackRow[]>;
  differingBodies(after: number, limit: number): Promise<DifferingBodyRow[]>;
  /** Bodies that came in before a time, but for those that are still to be handed on. */
  bodiesBefore(before: Date, limit: number): Promise<BodyRow[]>;
  /** Puts a masked copy in the place of each body. */
  mask(copies: readonly MaskedCopy[]): Promise<void>;
  dropDifferingBodies(before: Date, limit: number): Promise<number>;
  /** Drops callbacks that came in before a time, but for those that are still to be handed on. */
  dropCallbacks(before: Date, limit: number): Promise<number>;
  dropAudit(before: Date, limit: number): Promise<number>;
  /** Empties the callbacks of a merchant of all that is a person's, and gives up what is still to be handed on. */
  eraseCallbacks(merchant: string, limit: number): Promise<number>;
  audit(entry: AuditEntry): Promise<void>;
  auditTrail(limit: number): Promise<AuditEntry[]>;
  /** What the engine finds wrong with its own files. */
  check(): Promise<string[]>;
  /** Leaves nothing of what was dropped in the files, as far as the engine can. */
  compact(): Promise<void>;
}
