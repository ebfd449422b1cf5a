import type { Engine } from './workbench/databases.ts';

/** A fault, how often it is made at full length, and what it is made on. */
export interface FaultTable {
  readonly about: string;
  readonly cycles: number;
  readonly engines: readonly Engine[];
  readonly run: (run: FaultRun) => Promise<Figure>;
}

/** How long a table is run, and with what. */
export interface FaultRun {
  /** How many times the fault is made. */
  readonly cycles: number;
  /** Decides every random choice. */
  readonly seed: number;
  readonly engine: Engine;
  /** Told now and then how many times it has been made. */
  readonly onProgress: (cycles: number) => void;
}

/** What a table showed. */
export interface Figure {
  /** Whether what is promised held. */
  readonly holds: boolean;
  /** The figure, in words. */
  readonly text: string;
}
