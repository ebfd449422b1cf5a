import type { Databases, Engine } from '../databases/database.ts';

/** A fault, and how it is made at full length. */
export interface FaultTable {
  readonly about: string;
  /** How many times the fault is made. */
  readonly cycles: number;
  readonly engines: readonly Engine[];
  readonly run: (run: FaultRun) => Promise<FaultResult>;
}

export interface FaultRun {
  readonly cycles: number;
  /** Decides every random choice. */
  readonly seed: number;
  /** Returns numbers from 0 (included) to 1 (excluded), by the seed. */
  readonly random: () => number;
  readonly databases: Databases;
  /** Whether limits of time decide the result. Otherwise the summary only reports the times: the machine may be busy. */
  readonly judgesSpeed: boolean;
  /** Called from time to time with the number of faults made. */
  readonly onProgress: (cycles: number) => void;
}

export interface FaultResult {
  /** Whether the server kept its promise. */
  readonly holds: boolean;
  readonly summary: string;
}

/** Lists values in a summary. */
export function listed(values: Iterable<unknown>): string {
  return [...values].join(' ') || 'none';
}
